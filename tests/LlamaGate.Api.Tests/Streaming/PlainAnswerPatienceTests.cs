using System.Runtime.CompilerServices;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>TIMEOUT is silence for plain answers too: one that takes several times as long in all is whole.</summary>
public class PlainAnswerPatienceTests
{
    private const string Chat = "/v1/chat/completions";
    private static readonly string[] Tokens = ["""{"name":""", "\"get_weather\",", """ "arguments":{"city":""", "\"Paris\"", "}}"];

    [Theory]
    [InlineData(Chat, 1, """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData(Chat, 2, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"n":2}""")]
    [InlineData(Chat, 1, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"tool_choice":"required","tools":[""" + ChatBody.Tool + "]}")]
    [InlineData("/v1/completions", 1, """{"model":"plain","prompt":"hi"}""")]
    [InlineData("/v1/completions", 2, """{"model":"plain","prompt":["a","b"]}""")]
    [InlineData("/v1/responses", 1, """{"model":"plain","input":"hi"}""")]
    public async Task PlainAnswer_LongerThanTheTimeoutInAll_IsWhole(string path, int calls, string body)
    {
        using var read = new SemaphoreSlim(0);
        await using var bed = await GatewayOverOllama.StartAsync(configure: builder => Watch(builder.Services, read));
        Gate[] gates = [.. Tokens.Select(_ => new Gate())];
        var scenario = gates.Index().Aggregate(Scenario.Says(Tokens), (s, gate) => s.PauseAt(gate.Index + 1, gate.Item));
        bed.Ollama.Respond(request => request.Path is "/api/chat" or "/api/generate" ? scenario : null);
        var asking = bed.PostAsync(path, body);
        foreach (var gate in gates)
        {
            for (var call = 0; call < calls; call++)
            {
                Assert.True(await read.WaitAsync(GatewayOverOllama.LongestWait));
            }

            bed.Gateway.Clock.Advance(new GatewaySettings().Timeout - TimeSpan.FromTicks(1));
            gate.Release();
        }

        var answer = await asking;
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(calls, answer.Body.Split("Paris").Length - 1);
        Assert.Equal(calls, bed.Ollama.Requests.Count);
    }

    /// <summary>What the gateway has read of Ollama is told, so that the time does not move before.</summary>
    private static void Watch(IServiceCollection services, SemaphoreSlim read)
    {
        var client = services.Last(service => service.ServiceType == typeof(IConversationClient)).ImplementationType!;
        services.Replace(ServiceDescriptor.Singleton<IConversationClient>(
            provider => new WatchedClient((IConversationClient)ActivatorUtilities.CreateInstance(provider, client), read)));
    }

    private sealed class WatchedClient(IConversationClient client, SemaphoreSlim read) : IConversationClient
    {
        public async IAsyncEnumerable<ConversationUpdate> StreamAsync(
            ConversationRequest request, int call, RequestContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var update in client.StreamAsync(request, call, context, cancellationToken))
            {
                read.Release();
                yield return update;
            }
        }
    }
}
