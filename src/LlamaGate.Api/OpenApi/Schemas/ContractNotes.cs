using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Application.Validation;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>What a contract's CLR type cannot express about its JSON: unions, required members, ranges, descriptions. One for each type.</summary>
internal abstract class ContractNotes
{
    /// <summary>By type. A new feature adds its own list here.</summary>
    public static IReadOnlyDictionary<Type, ContractNotes> All { get; } =
        ((IEnumerable<ContractNotes>)[
            .. ChatRequestNotes.All, .. ChatAnswerNotes.All, .. CompletionNotes.All, .. EmbeddingNotes.All,
            .. ResponseRequestNotes.All, .. ResponseAnswerNotes.All, .. MessageNotes.All, .. OtherNotes.All,
        ])
        .ToDictionary(notes => notes.Type);

    public abstract Type Type { get; }

    public string? Text { get; protected set; }

    /// <summary>Required members, by their wire names.</summary>
    public HashSet<string> RequiredMembers { get; } = new(StringComparer.Ordinal);

    /// <summary>Members that also accept null.</summary>
    public HashSet<string> NullableMembers { get; } = new(StringComparer.Ordinal);

    /// <summary>Creates the schema of the whole type; null if its members define it.</summary>
    public Func<SchemaFilterContext, OpenApiSchema>? Whole { get; protected set; }

    /// <summary>Schemas that replace those derived from the members' CLR types.</summary>
    public Dictionary<string, Func<SchemaFilterContext, OpenApiSchema>> Members { get; } = new(StringComparer.Ordinal);

    /// <summary>Additions to a member's schema.</summary>
    public List<(string Member, Action<OpenApiSchema> Apply)> Additions { get; } = [];
}

/// <inheritdoc />
internal sealed class ContractNotes<T> : ContractNotes
{
    public override Type Type => typeof(T);

    public ContractNotes<T> Says(string text)
    {
        Text = text;
        return this;
    }

    public ContractNotes<T> Says(Expression<Func<T, object?>> member, string text) => Add(member, schema => schema.Description = text);

    public ContractNotes<T> Is(Func<SchemaFilterContext, OpenApiSchema> schema)
    {
        Whole = schema;
        return this;
    }

    public ContractNotes<T> Is(Expression<Func<T, object?>> member, Func<SchemaFilterContext, OpenApiSchema> schema)
    {
        Members[NameOf(member)] = schema;
        return this;
    }

    public ContractNotes<T> Requires(params ReadOnlySpan<Expression<Func<T, object?>>> members)
    {
        foreach (var member in members)
        {
            RequiredMembers.Add(NameOf(member));
        }

        return this;
    }

    /// <summary>Always present, and null if there is no value.</summary>
    public ContractNotes<T> RequiresOrNull(params ReadOnlySpan<Expression<Func<T, object?>>> members)
    {
        foreach (var member in members)
        {
            RequiredMembers.Add(NameOf(member));
            NullableMembers.Add(NameOf(member));
        }

        return this;
    }

    /// <summary>By the fields' wire names.</summary>
    public ContractNotes<T> Ranges(params ReadOnlySpan<NumberRange> ranges)
    {
        foreach (var range in ranges)
        {
            Additions.Add((range.Field, schema =>
            {
                schema.Minimum = range.Least.ToString(CultureInfo.InvariantCulture);
                schema.Maximum = range.IsOpen ? null : range.Most.ToString(CultureInfo.InvariantCulture);
            }
            ));
        }

        return this;
    }

    public ContractNotes<T> Words(Expression<Func<T, object?>> member, params string[] words) =>
        Add(member, schema => schema.Enum = [.. words.Select(word => JsonValue.Create(word))]);

    public ContractNotes<T> Items(Expression<Func<T, object?>> member, int least) =>
        Add(member, schema => schema.MinItems = least);

    private ContractNotes<T> Add(Expression<Func<T, object?>> member, Action<OpenApiSchema> apply)
    {
        Additions.Add((NameOf(member), apply));
        return this;
    }

    private static string NameOf(Expression<Func<T, object?>> member)
    {
        var body = member.Body is UnaryExpression { NodeType: ExpressionType.Convert } boxed ? boxed.Operand : member.Body;
        return JsonNamingPolicy.SnakeCaseLower.ConvertName(((MemberExpression)body).Member.Name);
    }
}
