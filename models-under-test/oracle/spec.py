"""Rules for the suite `spec`."""

import re


def spec_confirmed(subject):
    for line in subject.spec_path.read_text().splitlines():
        if re.search(r'(^|\s)# *confirm\b', line):
            yield line


RULES = {
    'spec/confirmed': spec_confirmed,
}
