using System.Text.Json.Nodes;

namespace LlamaGate.Api.Tests.Fuzz;

/// <summary>Well-formed damage: values of other kinds in any place, members that are gone, doubled, of another name or of another place.</summary>
internal static class JsonMutations
{
    private static readonly string[] Values =
    [
        "null", "true", "false", "0", "-1", "1", "3.7", "1e308", "99999999999999999999", "\"\"", "\" \"", "\"x\"", "\"\\u0000\"",
        "\"\\ud83d\\ude00\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"a\":null}", "[\"a\",\"b\",\"c\",\"d\",\"e\"]", "\"system\"",
        "\"function\"", "\"data:image/png;base64,AAAA\"", "{\"type\":\"text\"}", "{\"type\":\"function\"}", "\"{}\"", "\"[1]\"",
        "{\"type\":\"json_schema\"}", "{\"num_predict\":\"x\"}",
    ];

    public static JsonNode? Apply(JsonNode root, JsonMembers known, Random random)
    {
        var places = new List<JsonNode>();
        Collect(root, places);
        var place = places[random.Next(places.Count)];
        switch (place)
        {
            case JsonObject { Count: > 0 } members:
                MutateMember(members, known, random);
                return root;
            case JsonArray { Count: > 0 } items:
                MutateItem(items, random);
                return root;
            case JsonObject members:
                Add(members, known, random);
                return root;
            case JsonArray items:
                items.Add(Value(random));
                return root;
            default:
                return root;
        }
    }

    private static void MutateMember(JsonObject members, JsonMembers known, Random random)
    {
        var name = members.ElementAt(random.Next(members.Count)).Key;
        switch (random.Next(6))
        {
            case 0:
                members.Remove(name);
                break;
            case 2 or 3:
                Add(members, known, random);
                break;
            case 1:
                members["renamed_" + name] = members[name]?.DeepClone();
                break;
            default:
                members[name] = Value(random);
                break;
        }
    }

    /// <summary>Half of them have a value that fits the name, the others any.</summary>
    private static void Add(JsonObject members, JsonMembers known, Random random)
    {
        var (name, value) = known.Pick(random);
        members[name] = random.Next(2) == 0 ? value : Value(random);
    }

    private static void MutateItem(JsonArray items, Random random)
    {
        var index = random.Next(items.Count);
        switch (random.Next(4))
        {
            case 0:
                items.RemoveAt(index);
                break;
            case 1:
                items.Add(items[index]?.DeepClone());
                break;
            default:
                items[index] = Value(random);
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> places)
    {
        switch (node)
        {
            case JsonObject members:
                places.Add(members);
                foreach (var (_, value) in members)
                {
                    Collect(value, places);
                }

                break;
            case JsonArray items:
                places.Add(items);
                foreach (var item in items)
                {
                    Collect(item, places);
                }

                break;
        }
    }

    private static JsonNode? Value(Random random) => JsonNode.Parse(Values[random.Next(Values.Length)]);
}
