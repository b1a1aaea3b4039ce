using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using LlamaGate.Api.Cors;
using LlamaGate.Api.RequestIds;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Gives the envelope to what the server refuses before it has a request for the pipeline: 400, 408, 414, 431. Kestrel tells of those
/// through its DiagnosticSource, once it has set the status; the head that it then writes has no body, so the body follows when it is
/// done with the connection. Kestrel has a source of its own here: to listen at the framework's would make every request pay.
/// </summary>
internal sealed class UnreadableRequests(ErrorTranslator translator, OriginPolicy origins) : DiagnosticSource
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";
    private static readonly object Body = new();

    public override bool IsEnabled(string name) => name == BadRequest;

    [RequiresUnreferencedCode("As its base has it; only interfaces are looked at here.")]
    public override void Write(string name, object? value)
    {
        // Under TLS the body could not follow: the connection that it would be written to is the one below.
        if (name == BadRequest && value is IFeatureCollection features && features.Get<ITlsConnectionFeature>() is null
            && features.Get<IHttpResponseFeature>() is { HasStarted: false } response
            && features.Get<IConnectionItemsFeature>() is { } connection)
        {
            Answer(response, features.Get<IHttpRequestFeature>(), connection);
        }
    }

    /// <summary>Writes what is left to write when the server has done with a connection.</summary>
    public static ConnectionDelegate Complete(ConnectionDelegate next) => async connection =>
    {
        await next(connection);
        if (connection.Items.TryGetValue(Body, out var body))
        {
            await connection.Transport.Output.WriteAsync((byte[])body!);
        }
    };

    private void Answer(IHttpResponseFeature response, IHttpRequestFeature? request, IConnectionItemsFeature connection)
    {
        var body = ErrorResponseWriter.ToBytes(ErrorTranslator.ToBody(translator.OfStatus(response.StatusCode)));
        var headers = response.Headers;
        headers.ContentType = "application/json; charset=utf-8";
        headers.ContentLength = body.Length;
        headers[RequestIdMiddleware.HeaderName] = Random.Shared.GetHexString(32, lowercase: true);
        if (request?.Headers.Origin is [{ } origin] && origins.Allows(origin))
        {
            headers.AccessControlAllowOrigin = origin;
            headers.Vary = HeaderNames.Origin;
            headers.AccessControlExposeHeaders = RequestIdMiddleware.HeaderName;
        }

        if (request is null || !HttpMethods.IsHead(request.Method))
        {
            connection.Items[Body] = body;
        }
    }
}
