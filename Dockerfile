# syntax=docker/dockerfile:1
# The SDK runs on the build machine, whatever the target is, and cross-compiles: nothing is emulated.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source
# BuildKit sets TARGETARCH; other builders use the build machine's architecture.
RUN echo "linux-$(echo "${TARGETARCH:-$(uname -m)}" | sed -e s/amd64/x64/ -e s/x86_64/x64/ -e s/aarch64/arm64/)" >rid
# The restore has its own layer, which changes to the code do not invalidate.
COPY global.json Directory.Build.props Directory.Build.targets Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/LlamaGate.Domain/LlamaGate.Domain.csproj src/LlamaGate.Domain/
COPY src/LlamaGate.Application/LlamaGate.Application.csproj src/LlamaGate.Application/
COPY src/LlamaGate.Infrastructure/LlamaGate.Infrastructure.csproj src/LlamaGate.Infrastructure/
COPY src/LlamaGate.Api/LlamaGate.Api.csproj src/LlamaGate.Api/
COPY src/LlamaGate.Api/Properties/PublishProfiles/ src/LlamaGate.Api/Properties/PublishProfiles/
RUN dotnet restore src/LlamaGate.Api -p:PublishProfile=SingleFile -r "$(cat rid)"
COPY src/ src/
RUN dotnet publish src/LlamaGate.Api --no-restore -p:PublishProfile=SingleFile -r "$(cat rid)" -o /app

# Chiseled: no shell, no package manager, no .NET (it is in the binary); CA certificates, a user that is not root.
FROM mcr.microsoft.com/dotnet/runtime-deps:10.0-noble-chiseled
WORKDIR /app
COPY --from=build /app/llamagate .
# In a container only the published port is open to others, and it must be reachable.
ENV LISTEN_ADDRESS=0.0.0.0 PORT=8080
EXPOSE 8080
USER $APP_UID
# On SIGTERM running requests finish; allow longer than SHUTDOWN_TIMEOUT (docker stop --time 40).
STOPSIGNAL SIGTERM
# The binary checks the gateway, because the image has no shell and no curl. The check does not include Ollama.
HEALTHCHECK --interval=10s --timeout=5s --start-period=10s CMD ["/app/llamagate", "health"]
ENTRYPOINT ["/app/llamagate"]
