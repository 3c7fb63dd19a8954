"""Reads, signs and verifies statements of assay with the libraries of others; see statement.model.test.ts.

    pip install model_signing in-toto-attestation pyOpenSSL
"""

import json
import pathlib
import sys

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from google.protobuf import json_format
from in_toto_attestation.predicates.test_result.v0 import test_result_pb2
from in_toto_attestation.v1 import statement, statement_pb2
from model_signing import hashing
from model_signing._signing import sign_ec_key, sign_sigstore_pb, signing
from securesystemslib.dsse import Envelope
from securesystemslib.signer import SSlibKey


def versions():
    """Only whether all of the above is there."""
    return {}


def read(file):
    """What in-toto's library reads of a statement."""
    found = parsed(file)
    found.validate()
    predicate = json_format.MessageToDict(found.pb.predicate)
    result = json_format.ParseDict(predicate, test_result_pb2.TestResult(), ignore_unknown_fields=True)
    return {
        'type': found.pb.predicate_type,
        'subject': dict(found.pb.subject[0].digest),
        'result': result.result,
        'passed': list(result.passed_tests),
        'configuration': [one.name for one in result.configuration],
    }


def root(model, *allow_symlinks):
    """The subject that model_signing would sign for a model."""
    config = hashing.Config().set_allow_symlinks(bool(allow_symlinks))
    payload = signing.Payload(config.hash(model))
    return dict(payload.statement.pb.subject[0].digest)


def keys(private, public):
    """Writes a pair of keys."""
    key = ec.generate_private_key(ec.SECP256R1())
    encoding = serialization.Encoding.PEM
    pathlib.Path(private).write_bytes(
        key.private_bytes(
            encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    pathlib.Path(public).write_bytes(key.public_key().public_bytes(encoding, form))
    return {}


def sign(file, private, bundle):
    """Signs a statement as model_signing signs its own."""
    payload = signing.Payload.__new__(signing.Payload)
    payload.statement = parsed(file)
    sign_ec_key.Signer(pathlib.Path(private)).sign(payload).write(pathlib.Path(bundle))
    return {}


def verify_by_model_signing(bundle, public):
    """The payload of a bundle whose signature model_signing accepts."""
    signature = sign_sigstore_pb.Signature.read(pathlib.Path(bundle))
    verifier = sign_ec_key.Verifier(pathlib.Path(public))
    kind, payload = verifier._verify_signed_content(signature)
    return {'type': kind, 'payload': payload.decode()}


def verify_by_in_toto(bundle, public):
    """The payload of a bundle whose envelope in-toto's own library for DSSE accepts."""
    given = json.loads(pathlib.Path(bundle).read_text())['dsseEnvelope']
    signatures = [{'keyid': '', **one} for one in given['signatures']]
    envelope = Envelope.from_dict({**given, 'signatures': signatures})
    key = SSlibKey.from_crypto(
        serialization.load_pem_public_key(pathlib.Path(public).read_bytes())
    )
    # model_signing names no key in its envelopes.
    envelope.verify([SSlibKey('', key.keytype, key.scheme, key.keyval)], 1)
    return {'type': envelope.payload_type, 'payload': envelope.payload.decode()}


def parsed(file):
    text = pathlib.Path(file).read_text()
    return statement.Statement.copy_from_pb(json_format.Parse(text, statement_pb2.Statement()))


if __name__ == '__main__':
    print(json.dumps(globals()[sys.argv[1]](*sys.argv[2:])))
