# The house, not as root. As it is: all of it in one container, without simulation, data in /data. Each role of a house of
# several by its command (docker-compose.yml).
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY contracts contracts
COPY edge edge
COPY models models
COPY simulators simulators
COPY pipeline pipeline
COPY dashboards dashboards
COPY tests/package.json tests/package.json
RUN npm ci --no-audit --no-fund && npm prune --omit=dev --ignore-scripts
# the Kafka client is compiled; what it is compiled with stays behind. Debian keeps one version of a package, so that one
# that is pinned here could not be built any more after the next fix to it.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends build-essential python3 libssl-dev libsasl2-dev zlib1g-dev \
  && npm install --no-save --omit=dev --no-audit --no-fund node-rdkafka@3.6.1 \
  && rm -rf node_modules/node-rdkafka/deps node_modules/node-rdkafka/build/Release/obj.target

FROM node:20-bookworm-slim
ENV NODE_ENV=production
# A message lives until its group is stored: with the usual 16 MB of young heap each of the collector's many rounds copies what
# is under way. Costs some 100 MB where it is busy.
ENV NODE_OPTIONS=--max-semi-space-size=64
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends libssl3 libsasl2-2 zlib1g && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app /app
# node of the image, by number: who forbids root (runAsNonRoot) cannot look a name up
RUN mkdir /data && chown 1000:1000 /data
USER 1000:1000
VOLUME /data
EXPOSE 8080 1883
STOPSIGNAL SIGTERM
CMD ["node", "pipeline/bin/wayside.js", "start", "--no-simulate", "--data", "/data", "--host", "0.0.0.0", "--mqtt-host", "0.0.0.0"]
