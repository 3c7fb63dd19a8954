# assay with TensorFlow baked in: nothing is downloaded when it runs. docs/ci.md tells how to build and use it.
ARG NODE=node:22-bookworm-slim

FROM ${NODE} AS build
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends g++ python3-pip && rm -rf /var/lib/apt/lists/*
# A version on npm, or a packed tarball in the context of the build: ./model-assay-0.1.0.tgz.
ARG PACKAGE=model-assay@0.1.0
ENV npm_config_prefix=/opt/model-assay \
    ASSAY_CACHE=/opt/model-assay/cache
WORKDIR /context
# hadolint ignore=DL3016
RUN --mount=type=bind,target=/context npm install --global --no-audit --no-fund "$PACKAGE" && "$npm_config_prefix/bin/assay" setup

FROM ${NODE}
COPY --from=build /opt/model-assay /opt/model-assay
ENV PATH=/opt/model-assay/bin:$PATH \
    ASSAY_CACHE=/opt/model-assay/cache \
    ASSAY_NO_CACHE=1 \
    HOME=/tmp
WORKDIR /work
# The user node of the image.
USER 1000
ENTRYPOINT ["assay"]
CMD ["--help"]
