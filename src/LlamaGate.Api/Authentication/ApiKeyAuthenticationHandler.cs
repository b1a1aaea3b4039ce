using System.Security.Claims;
using System.Text.Encodings.Web;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// The scheme "ApiKey": <c>X-API-Key</c> or <c>Authorization: Bearer</c>. Without an API_KEY everybody is authenticated
/// as anonymous, so that controllers ask for authorisation in one and the same way. Keys are never echoed or logged.
/// </summary>
internal sealed class ApiKeyAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    UrlEncoder encoder,
    ApiKeyVerifier verifier)
    // There is a handler for each request, and each would make a logger, to say at a level that is never on what the answer says.
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string MissingKey =
        "An API key is needed: send it as \"Authorization: Bearer <key>\" or as \"X-API-Key: <key>\".";
    private const string WrongKey = "The API key is wrong.";

    // One of each for all requests: they say nothing of the caller but which kind it is.
    private static readonly AuthenticateResult Anonymous = Ticket(CallerIdentity.Anonymous);
    private static readonly AuthenticateResult KeyHolder = Ticket(CallerIdentity.KeyHolder);

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!verifier.IsRequired)
        {
            return Task.FromResult(Anonymous);
        }

        var presented = false;
        foreach (var key in PresentedKeys.Of(Request.Headers))
        {
            presented = true;
            if (verifier.IsRight(key))
            {
                return Task.FromResult(KeyHolder);
            }
        }

        return Task.FromResult(presented ? AuthenticateResult.Fail(WrongKey) : AuthenticateResult.NoResult());
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        Response.Headers.WWWAuthenticate = "Bearer";
        await ErrorResponseWriter.WriteAsync(
            Context, new GatewayException(GatewayError.InvalidApiKey, result.Failure is null ? MissingKey : WrongKey));
    }

    private static AuthenticateResult Ticket(ClaimsPrincipal principal) =>
        AuthenticateResult.Success(new AuthenticationTicket(principal, SchemeName));
}
