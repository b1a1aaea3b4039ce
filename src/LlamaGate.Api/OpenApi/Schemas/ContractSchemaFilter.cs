using System.Reflection;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>
/// Makes a contract's schema match the wire: which members are always present, which may be null, and what the
/// contract's notes add.
/// </summary>
internal sealed class ContractSchemaFilter(
    RequestContracts requests, IReadOnlyDictionary<Type, ContractNotes> notes, ISerializerDataContractResolver contracts)
    : ISchemaFilter
{
    private static readonly NullabilityInfoContext Nullability = new();

    public void Apply(IOpenApiSchema schema, SchemaFilterContext context)
    {
        if (schema is not OpenApiSchema own || context.MemberInfo is not null || context.ParameterInfo is not null
            || contracts.GetDataContractForType(context.Type) is not { DataType: DataType.Object } contract)
        {
            return;
        }

        var added = notes.GetValueOrDefault(context.Type);
        own.Description = added?.Text ?? own.Description;
        if (added?.Whole is { } whole)
        {
            Replace(own, whole(context));
            return;
        }

        own.AdditionalPropertiesAllowed = true;
        foreach (var property in contract.ObjectProperties)
        {
            WriteMember(own, property, added, context);
        }
    }

    private void WriteMember(OpenApiSchema own, DataProperty property, ContractNotes? added, SchemaFilterContext context)
    {
        var info = (PropertyInfo)property.MemberInfo;
        var isRequest = requests.Contains(context.Type);
        var always = info.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.Never };
        bool mayBeNull;
        lock (Nullability)
        {
            // NullabilityInfoContext caches results and is not thread-safe.
            mayBeNull = Nullability.Create(info).ReadState == NullabilityState.Nullable;
        }

        var name = property.Name;
        own.Required ??= new HashSet<string>(StringComparer.Ordinal);
        if (added?.RequiredMembers.Contains(name) is true || always || (!mayBeNull && !isRequest && !IsOmittedWhenDefault(info)))
        {
            own.Required.Add(name);
        }
        else
        {
            own.Required.Remove(name);
        }

        var takesNull = added?.NullableMembers.Contains(name) is true
            || (mayBeNull && (always || (isRequest && !own.Required.Contains(name))));
        own.Properties![name] = MemberSchema(own.Properties[name], takesNull, name, added, context);
    }

    private static bool IsOmittedWhenDefault(PropertyInfo property) =>
        property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingDefault };

    private static IOpenApiSchema MemberSchema(
        IOpenApiSchema found, bool takesNull, string name, ContractNotes? added, SchemaFilterContext context)
    {
        var description = found.Description;
        var member = added?.Members.TryGetValue(name, out var replace) is true ? replace(context) : (OpenApiSchema)found;
        member.Description = description;
        // "Read only" reflects CLR setters and says nothing about the wire.
        member.ReadOnly = false;
        foreach (var (_, apply) in added?.Additions.Where(addition => addition.Member == name) ?? [])
        {
            apply(member);
        }

        return WithNull(member, takesNull);
    }

    private static IOpenApiSchema WithNull(OpenApiSchema member, bool takesNull)
    {
        if (member.AllOf is [OpenApiSchemaReference reference])
        {
            // Swashbuckle's way to give a reference its own description; since OpenAPI 3.1 a reference may have one itself.
            reference.Description = member.Description;
            return takesNull ? new OpenApiSchema { AnyOf = [reference, Schema.Null], Description = member.Description } : reference;
        }

        if (member.AnyOf is { Count: > 0 } choices)
        {
            if (takesNull)
            {
                choices.Add(Schema.Null);
            }
        }
        else if (member.Type is { } type && type != JsonSchemaType.Null)
        {
            member.Type = takesNull ? type | JsonSchemaType.Null : type & ~JsonSchemaType.Null;
            if (takesNull && member.Enum is { Count: > 0 })
            {
                member.Enum.Add(JsonNullSentinel.JsonNull);
            }
        }

        return member;
    }

    private static void Replace(OpenApiSchema own, OpenApiSchema by)
    {
        own.Type = by.Type;
        own.AnyOf = by.AnyOf;
        own.Items = by.Items;
        own.Properties = by.Properties;
        own.Required = by.Required;
        own.AdditionalPropertiesAllowed = true;
    }
}
