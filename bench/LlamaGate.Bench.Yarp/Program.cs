using Yarp.ReverseProxy.Configuration;

// The least that a proxy on .NET can do, and so the floor the gateway is measured against: it copies bytes, logs nothing.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.Services.AddReverseProxy().LoadFromMemory(
    [new RouteConfig { RouteId = "all", ClusterId = "upstream", Match = new RouteMatch { Path = "{**any}" } }],
    [
        new ClusterConfig
        {
            ClusterId = "upstream",
            Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal)
            {
                ["only"] = new() { Address = builder.Configuration["upstream"] ?? "http://127.0.0.1:11434" },
            },
        },
    ]);
await using var app = builder.Build();
app.MapReverseProxy();
await app.RunAsync();
