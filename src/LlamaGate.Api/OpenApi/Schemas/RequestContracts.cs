using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>
/// The contracts of requests, derived from the actions' bodies. In a request null means absent; an answer has null only
/// where its contract says so.
/// </summary>
internal sealed class RequestContracts(IApiDescriptionGroupCollectionProvider api, ISerializerDataContractResolver contracts)
{
    private readonly Lazy<HashSet<Type>> _types = new(() => Find(api, contracts));

    public bool Contains(Type type) => _types.Value.Contains(type);

    private static HashSet<Type> Find(IApiDescriptionGroupCollectionProvider api, ISerializerDataContractResolver contracts)
    {
        var found = new HashSet<Type>();
        var bodies = api.ApiDescriptionGroups.Items
            .SelectMany(group => group.Items)
            .SelectMany(action => action.ParameterDescriptions)
            .Where(parameter => parameter.Source == BindingSource.Body);
        var open = new Stack<Type>(bodies.Select(body => body.Type));
        while (open.TryPop(out var type))
        {
            var contract = contracts.GetDataContractForType(Nullable.GetUnderlyingType(type) ?? type);
            foreach (var next in Parts(contract))
            {
                open.Push(next);
            }

            if (contract.DataType == DataType.Object && found.Add(contract.UnderlyingType))
            {
                foreach (var property in contract.ObjectProperties)
                {
                    open.Push(property.MemberType);
                }
            }
        }

        return found;
    }

    private static IEnumerable<Type> Parts(DataContract contract) => contract.DataType switch
    {
        DataType.Array => [contract.ArrayItemType],
        DataType.Dictionary => [contract.DictionaryValueType],
        _ => [],
    };
}
