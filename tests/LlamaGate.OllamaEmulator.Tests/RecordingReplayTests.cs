using System.Text;
using LlamaGate.OllamaEmulator.Endpoints;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>Every recording of the native API comes back byte for byte and chunk by chunk.</summary>
public sealed class RecordingReplayTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    public static TheoryData<string> Native =>
        [.. Recording.Names.Where(name => !Recording.Named(name).Path.StartsWith("/v1", StringComparison.Ordinal))];

    public static TheoryData<string> NamedByModel =>
        [.. Recording.Names.Where(
            name => Recording.Named(name) is { Path: "/api/chat" or "/api/generate" or "/api/embed", Method: "POST" })];

    [Theory]
    [MemberData(nameof(Native))]
    public async Task Replay_ByControlHeader_IsTheRecordedExchange(string name)
    {
        var recording = Recording.Named(name);
        (string, string)[] headers =
        [
            .. recording.RequestHeaders.Where(h => h.Key != "Content-Length").Select(h => (h.Key, h.Value)),
            (NamedScenario.RecordingHeader, name),
        ];

        var response = await RawConnection.ExchangeAsync(
            shared.Emulator, recording.Method, recording.Path, recording.RequestBody, headers);

        AssertIs(recording, response);
    }

    [Theory]
    [MemberData(nameof(NamedByModel))]
    public async Task Replay_ByModelName_IsTheRecordedExchange(string name)
    {
        var recording = Recording.Named(name);

        var response = await RawConnection.PostAsync(
            shared.Emulator, recording.Path, $$"""{"model":"recording/{{name}}"}""", ("Connection", "close"));

        AssertIs(recording, response);
    }

    [Fact]
    public async Task Replay_ByModelNameWithTag_IsTheRecordedExchange()
    {
        var response = await RawConnection.PostAsync(
            shared.Emulator, "/api/chat", """{"model":"recording/chat_stream:latest"}""");

        Assert.Equal(Recording.Named("chat_stream").Body, response.Body);
    }

    [Fact]
    public async Task Replay_OfNoSuchRecording_SaysSo()
    {
        var response = await RawConnection.PostAsync(shared.Emulator, "/api/chat", """{"model":"recording/nothing"}""");

        Assert.Equal(404, response.Status);
        Assert.Equal("""{"error":"emulator: there is no recording 'nothing'"}""", response.Body);
    }

    private static void AssertIs(Recording recording, RawResponse response)
    {
        Assert.Equal(recording.Status, response.Status);
        Assert.Equal(Comparable(recording.Headers), Comparable(response.Headers), StringComparer.Ordinal);
        Assert.Equal(recording.Body, response.Body);
        var chunks = recording.Chunks?.Select(chunk => Encoding.UTF8.GetString(chunk.Span)) ?? [];
        Assert.Equal(chunks, response.Chunks, StringComparer.Ordinal);
    }

    private static IEnumerable<string> Comparable(IEnumerable<KeyValuePair<string, string>> headers) =>
        headers.Where(h => h.Key != "Date").Select(h => $"{h.Key}: {h.Value}").Order(StringComparer.Ordinal);
}
