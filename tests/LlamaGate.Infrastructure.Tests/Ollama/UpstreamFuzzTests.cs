using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>
/// Recorded answers, mutated: whatever Ollama or the network makes of an answer, the client ends, fails in the
/// gateway's own terms, and takes nothing for complete that is not. A failure prints the seed that makes it again.
/// </summary>
public sealed class UpstreamFuzzTests
{
    private static readonly int Iterations = int.Parse(
        Environment.GetEnvironmentVariable("FUZZ_MUTATIONS") ?? "10000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private static readonly byte[][] Bodies =
    [
        .. new[]
        {
            "chat_stream", "chat_tools_stream", "jinja_chat_tools_stream", "chat_think_true_stream", "chat_emoji_stream",
            "chat_logprobs_stream", "chat_parallel_tools_stream", "chat_token_repeat_abort_stream", "chat_nonstream", "chat_tools",
            "chat_token_repeat_abort", "chat_missing_model",
        }.Select(name => Encoding.UTF8.GetBytes(Recording.Named(name).Body)),
    ];

    private static readonly Gen<Answer> Answers = Gen.Select(
        Gen.Int[0, Bodies.Length - 1], Mutations.Gen.List[0, 4], Gen.Int[1, 64], Gen.Bool, Gen.Bool,
        (body, mutations, chunk, breaks, chat) =>
            new Answer(mutations.Aggregate(Bodies[body], Mutations.Apply), chunk, breaks, chat));

    [Fact]
    public Task Chat_MutatedAnswer_EndsInTheGatewaysTermsAndTakesNothingForCompleteThatIsNot() =>
        Answers.SampleAsync(CheckAsync, iter: Iterations, threads: 2);

    [Theory]
    [InlineData("9v1AMz8iqWba")] // A broken literal across two packets, on which .NET's reader runs out of its bounds.
    public Task Chat_AnswerThatOnceSlippedThrough_EndsInTheGatewaysTerms(string seed) =>
        Answers.SampleAsync(CheckAsync, seed: seed, iter: 1, threads: 1);

    private static async Task CheckAsync(Answer answer)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        try
        {
            var last = await ReadAsync(answer, limit.Token);
            Assert.True(last.IsDone);
            Assert.True(IsComplete(answer), "An answer that is not complete was taken for one.");
        }
        catch (GatewayException exception)
        {
            Assert.NotEqual(GatewayError.Internal, exception.Error);
        }
    }

    private static async Task<ConversationUpdate> ReadAsync(Answer answer, CancellationToken cancellationToken)
    {
        using var upstream = new MemoryUpstream { Answer = _ => Task.FromResult(ToResponse(answer)) };
        var client = new OllamaConversationClient(upstream.Calls, upstream.MissingModels, new TokenRatios(), MemoryUpstream.Options);
        Prompt prompt = answer.IsChat
            ? new ChatPrompt([new Message(MessageRole.User, [new TextPart("hi")])])
            : new TextPrompt("hi");
        var request = new ConversationRequest("tiny", prompt, new GenerationOptions());
        var last = new ConversationUpdate();
        await foreach (var update in client.StreamAsync(request, call: 0, MemoryUpstream.Context, cancellationToken))
        {
            last = update;
        }

        return last;
    }

    private static HttpResponseMessage ToResponse(Answer answer) =>
        new() { Content = new StreamContent(new ChoppedStream(answer.Body, answer.Chunk, answer.Breaks)) };

    /// <summary>
    /// By other means than the client's: a whole line says done, and nothing before it is broken or an error.
    /// </summary>
    private static bool IsComplete(Answer answer)
    {
        var text = Encoding.Latin1.GetString(answer.Body);
        foreach (var line in text.Split('\n'))
        {
            if (line.AsSpan().Trim(" \t\r\n").IsEmpty)
            {
                continue;
            }

            using var document = TryParse(Encoding.Latin1.GetBytes(line));
            if (document is null || document.RootElement.ValueKind != JsonValueKind.Object
                || (document.RootElement.TryGetProperty("error", out var error) && error.ValueKind != JsonValueKind.Null))
            {
                return false;
            }

            if (document.RootElement.TryGetProperty("done", out var done) && done.ValueKind == JsonValueKind.True)
            {
                return true;
            }
        }

        return false;
    }

    private static JsonDocument? TryParse(byte[] json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="Body">The mutated bytes.</param>
    /// <param name="Chunk">Bytes that come at once.</param>
    /// <param name="Breaks">The connection breaks after the last byte instead of ending.</param>
    /// <param name="IsChat">Which endpoint it is taken to come from.</param>
    private sealed record Answer(byte[] Body, int Chunk, bool Breaks, bool IsChat);
}
