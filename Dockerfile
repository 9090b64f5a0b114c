# One image for the web server, the worker and the one-off commands; docs/operations.md says how to build and run it.

# The version of the package `node`, with which the tests run.
FROM node:24.21.0-bookworm-slim AS build
WORKDIR /src
# The packages first, so that a change of the sources alone doesn't install them again.
COPY package.json package-lock.json .npmrc ./
RUN npm ci --include=dev
COPY . .
RUN npm run package

# glibc, certificates and time zones; no shell and no package manager.
FROM gcr.io/distroless/cc-debian12:nonroot
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Runflow console" \
      org.opencontainers.image.description="Support console and admin API of an AI inference platform" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
COPY --from=build /usr/local/bin/node /usr/local/bin/node
# Owned by root, so that the processes can't change what they run.
COPY --from=build /src/dist /app
WORKDIR /app
# HOME: a user without an entry in /etc/passwd, as in Kubernetes, has none, and a package asks for it.
ENV NODE_ENV=production \
    NEXT_TELEMETRY_DISABLED=1 \
    HOME=/tmp \
    HOST=0.0.0.0 \
    PORT=3000 \
    REVISION="${REVISION}"
# By number, so that Kubernetes can see that it isn't root.
USER 65532:65532
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["/usr/local/bin/node", "bin/health.js"]
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=64"]
CMD ["bin/serve.js"]
