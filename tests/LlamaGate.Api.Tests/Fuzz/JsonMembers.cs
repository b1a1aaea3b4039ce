using System.Text.Json.Nodes;

namespace LlamaGate.Api.Tests.Fuzz;

/// <summary>The members that stand anywhere in some bodies, so that each can be added where it does not belong.</summary>
internal sealed class JsonMembers
{
    private readonly List<string> _names = [];
    private readonly List<List<JsonNode?>> _values = [];

    public JsonMembers(IEnumerable<string> bodies)
    {
        foreach (var body in bodies)
        {
            Collect(JsonNode.Parse(body));
        }
    }

    /// <summary>Any of the names, and one of the values it has somewhere.</summary>
    public (string Name, JsonNode? Value) Pick(Random random)
    {
        var index = random.Next(_names.Count);
        var values = _values[index];
        return (_names[index], values[random.Next(values.Count)]?.DeepClone());
    }

    private void Collect(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members)
                {
                    Add(name, value);
                    Collect(value);
                }

                break;
            case JsonArray items:
                foreach (var item in items)
                {
                    Collect(item);
                }

                break;
        }
    }

    private void Add(string name, JsonNode? value)
    {
        var index = _names.IndexOf(name);
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
            _values.Add([]);
        }

        _values[index].Add(value);
    }
}
