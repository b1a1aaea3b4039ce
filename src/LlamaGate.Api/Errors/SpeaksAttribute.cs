using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Endpoint metadata: the dialect of an endpoint's errors.</summary>
/// <param name="errors">The error format.</param>
/// <param name="spell">See <see cref="IFieldNames.Spell"/>.</param>
internal abstract class SpeaksAttribute(IErrorDialect errors, Func<RequestField, string?, string?> spell) : Attribute
{
    public IErrorDialect Errors => errors;

    /// <summary>The dialect's word in the log; null for OpenAI's.</summary>
    public virtual string? Dialect => null;

    public string? Spell(RequestField field) => spell(field, null);
}

/// <summary>OpenAI's errors.</summary>
/// <typeparam name="TFields">The names of the endpoint's fields.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpeaksAttribute<TFields>() : SpeaksAttribute(new OpenAIErrorDialect(TFields.Spell), TFields.Spell)
    where TFields : IFieldNames;

internal static class SpokenDialects
{
    /// <summary>The endpoint's; without an endpoint that says so, that of the path's root.</summary>
    public static IErrorDialect ErrorDialect(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>()?.Errors ?? RootDialects.Of(context.Request.Path.Value);
}
