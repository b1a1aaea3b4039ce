using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;

namespace LlamaGate.Api.Authentication;

/// <summary>
/// Decides at once what the policy of every endpoint asks, that there be somebody, and leaves everything else to the framework, whose
/// way through its authorization service costs a request more than the looking up of its key.
/// </summary>
internal sealed class QuickPolicyEvaluator(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly Task<PolicyAuthorizationResult> Success = Task.FromResult(PolicyAuthorizationResult.Success());

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(
        AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource) =>
        policy.Requirements is [DenyAnonymousAuthorizationRequirement] && context.User.Identity is { IsAuthenticated: true }
            ? Success
            : base.AuthorizeAsync(policy, authenticationResult, context, resource);
}
