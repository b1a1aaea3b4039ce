using System.Globalization;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;

namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>Calls the gateway as a client would, through any proxy in front of it.</summary>
internal sealed class GatewayProbe(HttpClient http, Uri root, TimeProvider clock)
{
    private const string DataPrefix = "data: ";
    private const string DonePrefix = "data: [DONE]";
    private const string TimingPrefix = ": Server-Timing:";
    private const string EvalMark = "eval;dur=";

    /// <summary>The status of <c>/v1/models</c>.</summary>
    /// <param name="key">Null: without a key.</param>
    public async Task<int> ListModelsAsync(string? key, CancellationToken cancellationToken)
    {
        using var request = Create(HttpMethod.Get, Routes.Models, key);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return (int)response.StatusCode;
    }

    /// <summary>What the gateway says about its hosts; null when it does not list them.</summary>
    /// <param name="key">Null: without a key.</param>
    public async Task<IReadOnlyList<GatewayHostState>?> ListHostsAsync(string? key, CancellationToken cancellationToken)
    {
        using var request = Create(HttpMethod.Get, "/health", key);
        request.RequestUri = new UriBuilder(request.RequestUri!) { Query = "verbose" }.Uri;
        using var response = await http.SendAsync(request, cancellationToken);
        return (await response.Content.ReadFromJsonAsync(UpstreamJsonContext.Default.GatewayHosts, cancellationToken))?.Hosts;
    }

    /// <summary>The time according to the gateway, or to the proxy in front of it.</summary>
    public async Task<DateTimeOffset?> GetTimeAsync(CancellationToken cancellationToken)
    {
        using var request = Create(HttpMethod.Get, "/livez", key: null);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.Headers.Date;
    }

    /// <summary>Reads a streamed answer to its end and records when each event arrived.</summary>
    public async Task<StreamedAnswer> StreamAsync(
        string model, int maxTokens, string? key, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var response = await OpenAsync(model, maxTokens, key, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        return await ReadAsync(reader, started, cancellationToken);
    }

    /// <summary>Starts a streamed answer and disconnects after some events.</summary>
    /// <returns>When each event arrived; fewer than requested if the answer ended earlier.</returns>
    public async Task<IReadOnlyList<TimeSpan>> AbandonAsync(
        string model, int maxTokens, int events, string? key, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        using var response = await OpenAsync(model, maxTokens, key, cancellationToken);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        var arrivals = new List<TimeSpan>();
        while (arrivals.Count < events && await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(DataPrefix, StringComparison.Ordinal) && !line.StartsWith(DonePrefix, StringComparison.Ordinal))
            {
                arrivals.Add(clock.GetElapsedTime(started));
            }
        }

        return arrivals;
    }

    private async Task<HttpResponseMessage> OpenAsync(string model, int maxTokens, string? key, CancellationToken cancellationToken)
    {
        using var request = Create(HttpMethod.Post, Routes.ChatCompletions, key);
        // A cached answer would arrive all at once.
        request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache, no-store");
        // The gateway reports its times at the end of a stream only on request.
        request.Headers.TryAddWithoutValidation(ServerSentEventsResult.TimingRequestHeader, "true");
        request.Content = JsonContent.Create(
            new CompletionBody(model, [new ChatLine("user", TestPrompt.Text)], maxTokens),
            UpstreamJsonContext.Default.CompletionBody);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new UnexpectedAnswerException("The gateway", (int)response.StatusCode, error: null);
        }
    }

    private async Task<StreamedAnswer> ReadAsync(StreamReader reader, long started, CancellationToken cancellationToken)
    {
        var arrivals = new List<TimeSpan>();
        TimeSpan? generating = null;
        var isComplete = false;
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(DonePrefix, StringComparison.Ordinal))
            {
                isComplete = true;
            }
            else if (line.StartsWith(DataPrefix, StringComparison.Ordinal))
            {
                arrivals.Add(clock.GetElapsedTime(started));
            }
            else if (line.StartsWith(TimingPrefix, StringComparison.Ordinal))
            {
                generating = EvalTimeOf(line);
            }
        }

        return isComplete
            ? new StreamedAnswer(arrivals, generating)
            : throw new UnexpectedAnswerException("The gateway", 200, "a stream without its end");
    }

    private static TimeSpan? EvalTimeOf(string line)
    {
        var from = line.IndexOf(EvalMark, StringComparison.Ordinal) + EvalMark.Length;
        var number = line[from..].Split(',')[0];
        return from >= EvalMark.Length
            && double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var milliseconds)
            ? TimeSpan.FromMilliseconds(milliseconds)
            : null;
    }

    private HttpRequestMessage Create(HttpMethod method, string path, string? key)
    {
        var request = new HttpRequestMessage(method, GatewayAddress.Resolve(root, path));
        if (!string.IsNullOrEmpty(key))
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", key);
        }

        return request;
    }
}
