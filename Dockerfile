# What goreleaser puts into the image: the program alone. It needs no shell, no
# certificates and no root. Mount the files to lint at /work.
FROM scratch
ARG TARGETPLATFORM
COPY $TARGETPLATFORM/helmvet /helmvet
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/helmvet"]
