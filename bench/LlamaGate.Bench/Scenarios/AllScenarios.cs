namespace LlamaGate.Bench.Scenarios;

/// <summary>The tables, in their order.</summary>
internal static class AllScenarios
{
    private const string Plain = "bench:plain-20";
    private const int FloodTokens = 2000;
    private const int ImageBytes = 768 * 1024; // 1 MB as base64

    /// <summary>Left out of a quick run.</summary>
    private static readonly string[] Slow = ["constant-200", "constant-1000", "streams-500", "streams-1000"];

    /// <summary>What the options ask for; a scenario of several sizes is asked for by its first word as well.</summary>
    public static IEnumerable<IScenario> Chosen(BenchOptions options) => List.Where(scenario => options.Only.Count > 0
        ? options.Only.Any(only => scenario.Name == only || scenario.Name.Split('-')[0] == only)
        : !(options.Quick && Slow.Contains(scenario.Name, StringComparer.Ordinal)));

    private static IReadOnlyList<IScenario> List { get; } =
    [
        new ClosedLoop("plain", "Plain chat, 200 B, 64 connections", _ => ChatBodies.Text(Plain, 200))
        {
            Seconds = (1.8, 10), QuickRounds = 3, WarmUps = (12, 40),
        },
        new ClosedLoop("single", "Plain chat, 200 B, 1 connection", _ => ChatBodies.Text(Plain, 200)) { Connections = 1 },
        new ClosedLoop("history", "Plain chat, 8 KB of history, 64 connections", _ => ChatBodies.History(Plain, 8000)),
        new ClosedLoop(
            "agent", "An agent's first request, 60 KB with 30 tools, 16 connections", _ => ChatBodies.Agent(Plain, 60_000, tools: 30))
        {
            Connections = 16, WarmUps = (12, 40),
        },
        new ClosedLoop(
            "image", "An image of 1 MB, 4 connections", server => ChatBodies.Image(Plain, ImageBytes, server.SpeaksOpenAI))
        {
            Connections = 4,
        },
        new ClosedLoop("cached", "Cached hit, 200 B, 64 connections (YARP asks the upstream)", _ => ChatBodies.Repeated(Plain, 200))
        {
            Seconds = (1, 8), WarmUps = (8, 40), IsRepeated = true,
        },
        new ConstantRates(200),
        new ConstantRates(500),
        new ConstantRates(1000),
        new Streams(100),
        new Streams(500),
        new Streams(1000),
        new ClosedLoop(
            "flood", "Flood: streams as fast as they go, 8 connections",
            _ => ChatBodies.Text($"bench:flood-{FloodTokens}", 200, stream: true))
        {
            Connections = 8, Tokens = FloodTokens,
        },
        new DialectFloods(),
        new Cancels(),
        new IdleStreams(),
        new ColdStart(),
        new MemoryAndCollections(),
    ];
}
