using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Bench.Load;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing;

/// <summary>The clients of a server: a connection for each chat that is open at once, and no prompt twice.</summary>
internal sealed class ChatClient(Server server) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false })
    {
        BaseAddress = new Uri($"http://{server.Address}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private int _number;

    /// <exception cref="OperationCanceledException">The run ended first.</exception>
    public async Task<ChatOutcome> AskAsync(ChatCall call, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var started = Clock.Now;
        var lines = new ChatLines();
        double? first = null;
        ChatEnding ending;
        try
        {
            patience.CancelAfter(call.Patience ?? Timeout.InfiniteTimeSpan);
            using var request = Request(call);
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, patience.Token);
            using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token));
            while (response.StatusCode is HttpStatusCode.OK && await reader.ReadLineAsync(patience.Token) is { } line)
            {
                patience.CancelAfter(call.Patience ?? Timeout.InfiniteTimeSpan);
                lines.Read(line);
                first ??= lines.Chunks > 0 ? Since(started) : null;
            }

            ending = response.StatusCode is not HttpStatusCode.OK || lines.IsRefused ? ChatEnding.Refused
                : lines.IsFinished ? ChatEnding.Finished
                : ChatEnding.Broken;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            ending = ChatEnding.GaveUp;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ending = ChatEnding.Broken;
        }

        return new ChatOutcome(ending, first, Since(started), lines.Places);
    }

    public void Dispose() => _http.Dispose();

    private static double Since(long started) => (Clock.Now - started) / 1e9;

    private HttpRequestMessage Request(ChatCall call)
    {
        var number = Interlocked.Increment(ref _number);
        var text = string.Create(CultureInfo.InvariantCulture, $"caller={call.Caller} question {number} of the bench");
        var messages = new JsonArray { Message("user", text) };
        if (call.System is { } system)
        {
            messages.Insert(0, Message("system", system));
        }

        var body = new JsonObject { ["model"] = call.Model, ["stream"] = true, ["messages"] = messages };
        if (server.SpeaksOpenAI)
        {
            body["max_tokens"] = call.Tokens;
        }
        else
        {
            body["options"] = new JsonObject { ["num_predict"] = call.Tokens };
        }

        var request = new HttpRequestMessage(HttpMethod.Post, server.ChatPath)
        {
            Content = new StringContent(body.ToJsonString(JsonSerializerOptions.Default), Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SharingKeys.SecretOf(call.Caller));
        return request;
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
