using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Tests.Running;

/// <summary>Endpoints that end in each of the ways an exchange can end.</summary>
internal sealed class ExchangeController(Gate gate, Drain drain) : ControllerBase
{
    public const string Secret = "the-prompt-nobody-may-log";

    [HttpGet("/v1/exchange/plain")]
    public IActionResult Plain(string? model)
    {
        HttpContext.Exchange().Describe(model, isStream: false, () => []);
        HttpContext.Exchange().Answer = new ConversationFacts(new ScriptedConversation
        {
            Cache = CacheOutcome.Miss,
            KnownUsage = new TokenUsage(11, 22),
            KnownTimeToFirstToken = TimeSpan.FromMilliseconds(33),
            KnownUpstreamTime = TimeSpan.FromMilliseconds(44),
        });
        return Ok();
    }

    [HttpGet("/v1/exchange/hold")]
    public async Task<IActionResult> Hold(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, drain.Deadline);
        await gate.PassAsync(both.Token);
        return Ok();
    }

    [HttpGet("/v1/exchange/broken-stream")]
    public async Task BrokenStream(CancellationToken cancellationToken)
    {
        await Response.WriteAsync("data: {}\n\n", cancellationToken);
        HttpContext.Exchange().Describe(model: null, isStream: true, () => []);
        HttpContext.Exchange().ErrorCode = "upstream_incomplete";
    }

    [HttpGet("/v1/exchange/torn-stream")]
    public async Task TornStream(CancellationToken cancellationToken)
    {
        await Response.WriteAsync("data: {}\n\n", cancellationToken);
        throw new InvalidOperationException(Secret);
    }

    [HttpGet("/v1/exchange/begun-then-left")]
    public async Task BegunThenLeft(CancellationToken cancellationToken)
    {
        await Response.WriteAsync("{", cancellationToken);
        await gate.PassAsync(cancellationToken);
    }

    [HttpGet("/v1/exchange/answered-then-left")]
    public async Task AnsweredThenLeft()
    {
        HttpContext.MarkAnswered();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = HttpContext.RequestAborted.Register(left.SetResult);
        await Task.WhenAny(left.Task, gate.PassAsync(CancellationToken.None));
    }

    [HttpPost("/v1/exchange/body")]
    public async Task<IActionResult> Body(CancellationToken cancellationToken)
    {
        await Request.Body.CopyToAsync(Stream.Null, cancellationToken);
        return Ok();
    }

    [HttpPost("/v1/exchange/json"), Consumes("application/json")]
    public IActionResult Json() => Ok();

    [HttpGet("/v1/exchange/bug")]
    public IActionResult Bug()
    {
        Response.Headers["X-Half-Done"] = Secret;
        throw new InvalidOperationException(Secret, new FormatException(Secret));
    }

    [HttpGet("/v1/exchange/fail/{error}")]
    public IActionResult Fail(GatewayError error)
    {
        Response.Headers["X-Half-Done"] = Secret;
        throw new GatewayException(error, Secret)
        {
            Path = "messages[0]",
            RetryAfter = error is GatewayError.UpstreamBusy ? TimeSpan.FromSeconds(500) : null,
            LogDetail = "safe detail",
        };
    }

    [HttpGet("/exchange/open"), AllowAnonymous]
    public IActionResult Open() => Ok();

    [HttpGet("/exchange/ip"), AllowAnonymous]
    public IActionResult Ip() => Content(HttpContext.Connection.RemoteIpAddress!.ToString());
}
