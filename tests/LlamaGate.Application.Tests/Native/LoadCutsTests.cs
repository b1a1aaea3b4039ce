using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native;
using LlamaGate.Application.Native.Contracts;

namespace LlamaGate.Application.Tests.Native;

public class LoadCutsTests
{
    private static readonly string[] Spaces = ["", " ", "\n\t"];
    private static readonly string[] Values = ["1", "\"a,b}\"", "[1,{\"num_ctx\":2}]", "{\"keep_alive\":3}", "null", "true"];
    private static readonly string[] Options = ["num_ctx", "num_gpu", "top_k", "seed", "numa", "num_thread", "x"];
    private static readonly string[] Members = ["keep_alive", "SHIFT", "prompt", "options", "format", "think"];

    /// <summary>Whatever the members and the spaces between them: those for loading are gone, and all others are what they were.</summary>
    [Fact]
    public void Of_AnyBody_LosesTheLoadMembersAndNothingElse() => Body().Sample(
        json =>
        {
            var body = NativeBody.Read(Encoding.UTF8.GetBytes(json));
            using var cut = AliasedBody.Of(body, ModelAliases.None, cutsLoading: true);
            var text = Encoding.UTF8.GetString(cut.Json.Span);
            Assert.Equal(Expected(json), JsonSerializer.Serialize(JsonElement.Parse(text)), StringComparer.Ordinal);
            using var whole = AliasedBody.Of(body, ModelAliases.None);
            Assert.Equal(json, Encoding.UTF8.GetString(whole.Json.Span), StringComparer.Ordinal);
        },
        iter: 5000);

    private static string Expected(string json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        root.Remove("keep_alive");
        root.Remove("SHIFT");
        if (root["options"] is JsonObject options)
        {
            foreach (var name in new[] { "num_ctx", "num_gpu", "numa", "num_thread" })
            {
                options.Remove(name);
            }
        }

        return JsonSerializer.Serialize(JsonElement.Parse(root.ToJsonString()));
    }

    private static Gen<string> Body() =>
        from members in Gen.Shuffle(Members)
        from kept in Gen.Int[0, 6]
        from options in Object(Options)
        from values in Pick(Values).Array[6]
        from spaces in Pick(Spaces).Array[4]
        select Write(members.Take(kept).Append("model"), name => name == "model" ? "\"m\"" : name == "options" ? options : values[Array.IndexOf(Members, name)], spaces);

    private static Gen<string> Object(string[] names) =>
        from order in Gen.Shuffle(names)
        from kept in Gen.Int[0, names.Length]
        from values in Pick(Values).Array[names.Length]
        from spaces in Pick(Spaces).Array[4]
        select Write(order.Take(kept), name => values[Array.IndexOf(names, name)], spaces);

    private static Gen<string> Pick(string[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    private static string Write(IEnumerable<string> names, Func<string, string> value, string[] s) =>
        "{" + s[0] + string.Join($"{s[1]},{s[2]}", names.Select(name => $"\"{name}\"{s[3]}:{s[0]}{value(name)}")) + s[3] + "}";
}
