# The embedded house in one container: no simulation, data in /data, not root.
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

FROM node:20-bookworm-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app /app
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 8080 1883
STOPSIGNAL SIGTERM
CMD ["node", "pipeline/bin/wayside.js", "start", "--no-simulate", "--data", "/data", "--host", "0.0.0.0", "--mqtt-host", "0.0.0.0"]
