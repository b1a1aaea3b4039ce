using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Endpoint metadata: the dialect of an endpoint's errors.</summary>
/// <param name="errors">The error format.</param>
/// <param name="spell">See <see cref="IFieldNames.Spell"/>.</param>
/// <param name="dialect">The log's word for it; null where there is nothing to distinguish.</param>
internal abstract class SpeaksAttribute(IErrorDialect errors, Func<RequestField, string?, string?> spell, string? dialect) : Attribute
{
    public IErrorDialect Errors => errors;

    public string? Dialect => dialect;

    public string? Spell(RequestField field) => spell(field, null);
}

/// <summary>OpenAI's errors.</summary>
/// <typeparam name="TFields">The names of the endpoint's fields.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpeaksAttribute<TFields>(string? dialect = null)
    : SpeaksAttribute(new OpenAIErrorDialect(TFields.Spell), TFields.Spell, dialect)
    where TFields : IFieldNames;

/// <summary>Anthropic's words.</summary>
/// <typeparam name="TFields">The names of the endpoint's fields.</typeparam>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SpeaksAnthropicAttribute<TFields>(string? dialect = null)
    : SpeaksAttribute(new AnthropicErrorDialect(TFields.Spell), TFields.Spell, dialect)
    where TFields : IFieldNames;

internal static class SpokenDialects
{
    /// <summary>Without an endpoint, the path decides: for unknown routes, and for errors before routing.</summary>
    public static IErrorDialect ErrorDialect(this HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<SpeaksAttribute>()?.Errors
        ?? RootDialects.Of(context.Request.Path.Value, context.Request.Headers);
}
