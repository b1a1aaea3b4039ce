using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Tests.Dialects;

/// <summary>The bytes that a stream writer makes.</summary>
internal static class WrittenStream
{
    public static DialectError Failure { get; } = new(
        "broke",
        "server_error",
        "upstream_error",
        null,
        Encoding.UTF8.GetBytes("""{"error":{"message":"broke","type":"server_error","param":null,"code":"upstream_error"}}"""));

    /// <summary>The events, each with its name if it has one, without the line breaks behind it.</summary>
    public static async Task<IReadOnlyList<string>> ReadAsync(
        IStreamWriter writer, IEnumerable<ConversationUpdate> updates, DialectError? failure = null)
    {
        using var bytes = new MemoryStream();
        using var output = new SseWriter(PipeWriter.Create(bytes));
        foreach (var update in updates)
        {
            writer.Write(output, update);
        }

        if (failure is null)
        {
            writer.WriteEnd(output);
        }
        else
        {
            writer.WriteFailure(output, failure);
        }

        await output.FlushAsync();
        return Encoding.UTF8.GetString(bytes.ToArray()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The JSON of an event.</summary>
    public static JsonElement DataOf(string sent)
    {
        const string Mark = "data: ";
        return JsonElement.Parse(sent[(sent.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)..]);
    }
}
