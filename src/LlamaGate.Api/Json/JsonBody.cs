using System.Text.Json;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Api.Json;

/// <summary>Writes an answer as a whole, in rented memory, so that it has a Content-Length and is sent in one piece.</summary>
internal static class JsonBody
{
    private const int FirstBytes = 1024;

    /// <summary>The response is not touched before the whole body is written, so that a failure can still set the status.</summary>
    public static async Task WriteAsync<T>(HttpContext http, T answer, Action<Utf8JsonWriter, T> write)
    {
        using var json = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, FirstBytes);
        using (var writer = new Utf8JsonWriter(json, ContractSerialization.WriterOptions))
        {
            write(writer, answer);
        }

        var response = http.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = json.WrittenCount;
        await response.BodyWriter.WriteAsync(json.WrittenMemory, http.RequestAborted);
    }
}
