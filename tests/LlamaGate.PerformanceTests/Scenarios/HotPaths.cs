using System.Buffers.Text;
using System.Text;
using LlamaGate.OllamaEmulator;
using LlamaGate.PerformanceTests.Running;

namespace LlamaGate.PerformanceTests.Scenarios;

/// <summary>Every path that has a budget.</summary>
internal static class HotPaths
{
    private const string Chat = "/v1/chat/completions";
    private const string Completions = "/v1/completions";
    private const string Responses = "/v1/responses";
    private const int LinesOfPacket = 16;

    private static readonly byte[] ChatAnswer = Recorded("chat_nonstream");

    public static IReadOnlyList<Scenario> All { get; } =
    [
        Plain("chat", Chat, RequestBodies.Chat, ChatAnswer),
        Plain("chat, 8 KB of history", Chat, RequestBodies.ChatWithHistory(), ChatAnswer),
        Image("chat, 1 MB image"),
        Image("chat, 1 MB image, large objects") with { IsOfLargeObjects = true },
        CacheMiss("chat, cache miss"),
        CacheHit("chat, cache hit", Chat, RequestBodies.Chat),
        CacheHit("chat stream, cache hit", Chat, RequestBodies.ChatStream),
        .. Stream("chat", Chat, RequestBodies.ChatStream, "chat_stream", eventsOfFirst: 2),
        Plain("completion", Completions, RequestBodies.Completion, Recorded("generate_nonstream")),
        .. Stream("completion", Completions, RequestBodies.CompletionStream, "generate_stream", eventsOfFirst: 1),
        Plain("response", Responses, RequestBodies.Response, ChatAnswer),
        .. Stream("response", Responses, RequestBodies.ResponseStream, "chat_stream", eventsOfFirst: 5),
        Plain("embedding", "/v1/embeddings", RequestBodies.Embedding, Recorded("embed_string")),
        Refused("error 401", RequestBodies.Chat, key: null, status: 401),
        Refused("error 400, broken rule", RequestBodies.ChatTooHot, MeasuredGateway.Key, status: 400),
        Refused("error 400, malformed", RequestBodies.ChatMalformed, MeasuredGateway.Key, status: 400),
    ];

    public static Scenario Named(string name) =>
        All.FirstOrDefault(scenario => scenario.Name == name)
        ?? throw new ArgumentException($"There is no scenario '{name}'.", nameof(name));

    private static byte[] Recorded(string name) => HttpBytes.Answer(Encoding.UTF8.GetBytes(Recording.Named(name).Body));

    private static Scenario Plain(string name, string path, byte[] body, byte[] answer)
    {
        var request = HttpBytes.Post(path, body, MeasuredGateway.Key);
        return new Scenario { Name = name, Operation = wires => Ask(wires, request, answer) };
    }

    private static Scenario Image(string name) =>
        Plain(name, Chat, RequestBodies.ChatWithImage(), ChatAnswer) with { Operations = 6 };

    private static Scenario CacheHit(string name, string path, byte[] body)
    {
        var question = HttpBytes.Post(Chat, RequestBodies.Chat, MeasuredGateway.Key);
        var request = HttpBytes.Post(path, body, MeasuredGateway.Key);
        var stream = new UpstreamStream("chat_stream", linesPerPacket: 1, eventsOfFirst: 2);
        return new Scenario
        {
            Name = name,
            CacheEnabled = true,
            Prepare = wires =>
            {
                if (body == RequestBodies.ChatStream)
                {
                    stream.Exchange(wires, request, packets: 6);
                }
                else
                {
                    Ask(wires, question, ChatAnswer);
                }
            },
            Operation = wires =>
            {
                wires.Request(request);
                wires.ReadAnswer(status: 200);
            },
        };
    }

    private static Scenario CacheMiss(string name)
    {
        var request = HttpBytes.Post(Chat, RequestBodies.ChatWithSeed, MeasuredGateway.Key);
        var seed = request.AsSpan().LastIndexOf("10000000"u8);
        var next = 10_000_000;
        return new Scenario
        {
            Name = name,
            CacheEnabled = true,
            Operation = wires =>
            {
                Utf8Formatter.TryFormat(next++, request.AsSpan(seed), out _);
                Ask(wires, request, ChatAnswer);
            },
        };
    }

    private static IEnumerable<Scenario> Stream(string name, string path, byte[] body, string recording, int eventsOfFirst)
    {
        var request = HttpBytes.Post(path, body, MeasuredGateway.Key);
        var single = new UpstreamStream(recording, linesPerPacket: 1, eventsOfFirst);
        var many = new UpstreamStream(recording, LinesOfPacket, eventsOfFirst);
        const int Packets = 300;
        const int LargePackets = 50;
        Action<Wires> shortest = wires => single.Exchange(wires, request, packets: 0);
        yield return new Scenario { Name = $"{name} stream", Operation = shortest };
        yield return new Scenario
        {
            Name = $"{name} chunk",
            Operation = wires => single.Exchange(wires, request, Packets),
            Baseline = shortest,
            Units = Packets,
            Operations = 2,
        };
        yield return new Scenario
        {
            Name = $"{name} chunk, {LinesOfPacket} in a packet",
            Operation = wires => many.Exchange(wires, request, LargePackets),
            Baseline = shortest,
            Units = LargePackets * LinesOfPacket,
            Operations = 2,
        };
    }

    private static Scenario Refused(string name, byte[] body, string? key, int status)
    {
        var request = HttpBytes.Post(Chat, body, key);
        return new Scenario
        {
            Name = name,
            Operation = wires =>
            {
                wires.Request(request);
                wires.ReadAnswer(status);
            },
        };
    }

    private static void Ask(Wires wires, byte[] request, byte[] answer)
    {
        wires.Request(request);
        wires.TakeUpstreamRequest();
        wires.SendUpstream(answer);
        wires.ReadAnswer(status: 200);
    }
}
