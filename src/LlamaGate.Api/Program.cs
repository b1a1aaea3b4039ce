using LlamaGate.Api;
using LlamaGate.Api.Configuration;

await using var app = GatewayHost.Build(new GatewaySettings());
await app.RunAsync();
