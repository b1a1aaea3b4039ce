using System.IO.Compression;
using System.Text;
using LlamaGate.Api.Tests.Hosting;
using ZstdSharp;

namespace LlamaGate.Api.Tests.Json;

/// <summary>Compresses bodies and sends them.</summary>
internal static class PackedBodies
{
    public static async Task<HttpAnswer> PostAsync(
        GatewayOverOllama bed, string path, byte[] body, string coding, bool isChunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.TransferEncodingChunked = isChunked;
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", coding);
        using var response = await bed.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public static byte[] Pack(string packing, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return packing == "plain" ? bytes : Pack(packing, stream => stream.Write(bytes));
    }

    public static byte[] Pack(string packing, Action<Stream> write)
    {
        using var packed = new MemoryStream();
        using (Stream stream = packing switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "raw" => new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new CompressionStream(packed, leaveOpen: true),
            _ => throw new ArgumentOutOfRangeException(nameof(packing), packing, "No such packing"),
        })
        {
            write(stream);
        }

        return packed.ToArray();
    }
}
