using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Json;

/// <summary>
/// Answers 200 with a contract. There is one format, so MVC's search for a formatter is left out; and the answer is written whole, so
/// that it tells its length and goes out in one piece.
/// </summary>
/// <param name="answer">The contract.</param>
/// <param name="write">Writes it.</param>
internal sealed class JsonAnswer<T>(T answer, Action<Utf8JsonWriter, T> write) : IActionResult
{
    private const int FirstBytes = 1024;

    public JsonAnswer(T answer, JsonTypeInfo<T> type)
        : this(answer, (writer, contract) => JsonSerializer.Serialize(writer, contract, type))
    {
    }

    public async Task ExecuteResultAsync(ActionContext context)
    {
        using var json = new ArrayPoolBufferWriter<byte>(FirstBytes);
        using (var writer = new Utf8JsonWriter(json, ContractSerialization.WriterOptions))
        {
            write(writer, answer);
        }

        var response = context.HttpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.WrittenCount;
        await response.BodyWriter.WriteAsync(json.WrittenMemory, context.HttpContext.RequestAborted);
    }
}
