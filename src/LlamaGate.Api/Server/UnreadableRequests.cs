using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LlamaGate.Api.Cors;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Requests;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Server;

/// <summary>
/// Adds the error envelope to requests that the server refuses before the pipeline: 400, 408, 414, 431, 505. Kestrel reports those to
/// its DiagnosticSource before it answers without a body. The answer begins there, and its body follows when Kestrel has finished with
/// the connection. Kestrel gets its own source here: listening to the framework's would cost every request.
/// </summary>
internal sealed class UnreadableRequests(ErrorTranslator translator, OriginPolicy origins) : DiagnosticSource
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private static readonly object Pending = new();

    public override bool IsEnabled(string name) => name == BadRequest;

    [RequiresUnreferencedCode("As its base has it; only interfaces are looked at here.")]
    public override void Write(string name, object? value)
    {
        // HTTP/2 sends bodies in frames; bytes written to the connection here would break it.
        if (name == BadRequest && value is IFeatureCollection features && features.Get<IHttp2StreamIdFeature>() is null
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IHttpResponseBodyFeature>() is { } starter
            && features.Get<IConnectionItemsFeature>() is { } connection)
        {
            var request = features.Get<IHttpRequestFeature>();
            var body = RootDialects.Of(request?.Path, request?.Headers).ToBody(translator.OfStatus(response.StatusCode), requestId: null);
            SetHeaders(response.Headers, body.Length, request?.Headers.Origin.ToString());
            var isHead = HttpMethods.IsHead(request?.Method ?? "");
            connection.Items[Pending] = new Answer(starter.StartAsync(), isHead ? default : body);
        }
    }

    /// <summary>Writes the rest when the server has finished with a connection.</summary>
    public static ConnectionDelegate Complete(ConnectionDelegate next) => async connection =>
    {
        await next(connection);
        if (connection.Items.TryGetValue(Pending, out var pending) && pending is Answer answer)
        {
            await answer.Head;
            await connection.Transport.Output.WriteAsync(answer.Body);
        }
    };

    private void SetHeaders(IHeaderDictionary headers, int length, string? origin)
    {
        headers.Connection = "close";
        headers.ContentType = "application/json; charset=utf-8";
        headers.ContentLength = length;
        headers[RequestIdMiddleware.HeaderName] = RequestIdMiddleware.New();
        if (!string.IsNullOrEmpty(origin) && origins.Allows(origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.Vary = HeaderNames.Origin;
            headers.AccessControlExposeHeaders = RequestIdMiddleware.HeaderName;
        }
    }

    private sealed record Answer(Task Head, ReadOnlyMemory<byte> Body);
}
