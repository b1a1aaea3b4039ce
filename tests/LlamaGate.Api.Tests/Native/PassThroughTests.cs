using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Native;

/// <summary>What a real Ollama was sent, and what it answered, goes through to the byte.</summary>
public sealed class PassThroughTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private static readonly string[] Paths = ["/api/chat", "/api/generate", "/api/embed", "/api/embeddings", "/api/show"];

    /// <summary>The gateway answers them itself: what it cannot read does not pass, and Ollama's check of hosts and origins is of its own callers.</summary>
    private static readonly string[] NotPassed =
    [
        "chat_body_array", "chat_empty_body", "chat_malformed_json", "generate_malformed_json", "embed_malformed_json", "chat_bad_host",
        "chat_cors_bad_origin", "chat_get_method", "chat_cors_preflight",
        // It is sent once more.
        "chat_waiting_runner_killed",
    ];

    /// <summary>Their end gets a line of the gateway's, see <see cref="StreamTests"/>.</summary>
    private static readonly string[] Incomplete = ["chat_token_repeat_abort_stream", "generate_token_repeat_abort_stream", "chat_client_disconnect"];

    public static TheoryData<string> Recordings => new(
        from name in Recording.Names
        let recording = Recording.Named(name)
        where Paths.Contains(recording.Path, StringComparer.Ordinal) && recording is { Method: "POST", RequestBody: not null }
            && !NotPassed.Contains(name, StringComparer.Ordinal) && !Incomplete.Contains(name, StringComparer.Ordinal)
        select name);

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Recording_OfARealOllama_PassesToTheByte(string name)
    {
        var recording = Recording.Named(name);
        shared.Bed.Ollama.Reset();
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(name), recording.Path);
        var answer = await shared.Bed.CallAsync("POST", recording.Path, recording.RequestBody);
        Assert.Equal(recording.Status, answer.Status);
        Assert.Equal(recording.Body, answer.Body);
        Assert.Equal(HeaderOf(recording, "Content-Type"), answer.Headers.GetValueOrDefault("Content-Type"));
        var received = Assert.Single(shared.Bed.Ollama.Requests);
        Assert.Equal(("POST", recording.Path, recording.RequestBody), (received.Method, received.Path, received.Body));
    }

    [Theory]
    [InlineData("tags", "/api/tags")]
    [InlineData("ps_loaded", "/api/ps")]
    [InlineData("version", "/api/version")]
    public async Task Reading_OfARealOllama_PassesToTheByte(string name, string path)
    {
        shared.Bed.Ollama.Reset();
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(name), path);
        var answer = await shared.Bed.CallAsync("GET", path, body: (string?)null);
        Assert.Equal(200, answer.Status);
        Assert.Equal(Recording.Named(name).Body, answer.Body);
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal(("GET", path), Assert.Single(shared.Bed.Ollama.Requests.Select(request => (request.Method, request.Path))));
    }

    [Fact]
    public void Recordings_All_AreMany() => Assert.True(Recordings.Count > 100);

    private static string? HeaderOf(Recording recording, string name) =>
        recording.Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();
}
