using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace LlamaGate.Api.Json;

/// <summary>
/// Decompresses bodies with a Content-Encoding. MAX_BODY_MB also limits the decompressed size, and nothing beyond it is held. Only one
/// encoding is allowed: double compression is only used for compression bombs.
/// </summary>
internal static class PackedBody
{
    /// <summary>The supported encodings, as listed in Accept-Encoding.</summary>
    public const string KnownCodings = "gzip, deflate, br, zstd";

    /// <summary>8 MiB, the largest zstd window that HTTP allows (RFC 9659).</summary>
    private const int MaxZstdWindowLog = 23;

    public static async ValueTask<ArrayPoolBufferWriter<byte>> ReadAsync(HttpRequest request)
    {
        if (CodingOf(request) is not { } coding)
        {
            return await RequestBody.ReadAsync(request, request.Body, long.MaxValue);
        }

        var limit = request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? long.MaxValue;
        try
        {
            await using var unpacked = await OpenAsync(request, coding);
            return await RequestBody.ReadAsync(request, unpacked, limit);
        }
        // The exceptions of the four decompressors; a disconnecting caller causes a different one.
        catch (Exception exception) when (exception
            is InvalidDataException or InvalidOperationException or EndOfStreamException or ZstdException)
        {
            throw new GatewayException(
                GatewayError.InvalidRequest,
                $"The request body is not valid {coding}, which its Content-Encoding declares, or it is incomplete.",
                innerException: exception);
        }
    }

    /// <summary>Null if the body is not compressed.</summary>
    private static string? CodingOf(HttpRequest request)
    {
        var codings = request.Headers.ContentEncoding
            .SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            .Select(coding => coding.ToLowerInvariant())
            .Where(coding => coding is not "identity")
            .ToList();
        return codings switch
        {
            [] => null,
            ["gzip" or "x-gzip"] => "gzip",
            ["deflate" or "br" or "zstd"] => codings[0],
            _ => throw Unknown(request),
        };
    }

    private static GatewayException Unknown(HttpRequest request)
    {
        // When the answer starts, because the error handler clears the headers before it writes its own.
        request.HttpContext.Response.OnStarting(
            response =>
            {
                ((HttpResponse)response).Headers[HeaderNames.AcceptEncoding] = KnownCodings;
                return Task.CompletedTask;
            },
            request.HttpContext.Response);
        return new GatewayException(
            GatewayError.UnsupportedMediaType,
            $"The body's Content-Encoding is not supported. Send the body uncompressed, or compressed once with one of {KnownCodings}.");
    }

    private static async ValueTask<Stream> OpenAsync(HttpRequest request, string coding) => coding switch
    {
        "gzip" => new GZipStream(request.Body, CompressionMode.Decompress),
        "br" => new BrotliStream(request.Body, CompressionMode.Decompress),
        "zstd" => OpenZstd(request.Body),
        _ => await OpenDeflateAsync(request.BodyReader),
    };

    private static DecompressionStream OpenZstd(Stream body)
    {
        var stream = new DecompressionStream(body);
        stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxZstdWindowLog);
        return stream;
    }

    /// <summary>In HTTP, deflate means zlib's format; some clients send raw deflate. The first two bytes show which it is.</summary>
    private static async ValueTask<Stream> OpenDeflateAsync(PipeReader body)
    {
        var start = await body.ReadAtLeastAsync(2);
        var isZlib = IsZlib(start.Buffer);
        body.AdvanceTo(start.Buffer.Start);
        return isZlib
            ? new ZLibStream(body.AsStream(), CompressionMode.Decompress)
            : new DeflateStream(body.AsStream(), CompressionMode.Decompress);
    }

    private static bool IsZlib(ReadOnlySequence<byte> body)
    {
        const int deflate = 8;
        Span<byte> head = stackalloc byte[2];
        if (body.Length < head.Length)
        {
            return false;
        }

        body.Slice(0, head.Length).CopyTo(head);
        return (head[0] & 0x0F) == deflate && ((head[0] << 8) | head[1]) % 31 == 0;
    }
}
