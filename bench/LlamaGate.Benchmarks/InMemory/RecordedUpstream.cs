using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Benchmarks.InMemory;

/// <summary>Answers every call to Ollama with the same recorded bytes, which are at hand at once.</summary>
internal sealed class RecordedUpstream(byte[] body, string contentType) : HttpMessageHandler
{
    public static RecordedUpstream Answer(string recording) =>
        new(Encoding.UTF8.GetBytes(Recording.Named(recording).Body), "application/json");

    /// <summary>A recorded stream made longer: its second line so many times, between its first and its last.</summary>
    public static RecordedUpstream Stream(string recording, int lines)
    {
        var recorded = Recording.Named(recording).Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var all = Enumerable.Repeat(recorded[1], lines).Prepend(recorded[0]).Append(recorded[^1]);
        return new(Encoding.UTF8.GetBytes(string.Concat(all.Select(line => line + "\n"))), "application/x-ndjson");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
    }
}
