using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers.Editing;

namespace LlamaGate.Infrastructure.Tests.Callers;

/// <summary>People's files keep what people wrote.</summary>
public sealed class KeysTextTests
{
    private const string ByPeople = """
        // Keys of the team
        {
          "keys": [
            /* staff */
            {"id": "alice", "hash": "HASH1"}, // since May
            {
              "id": "bob", // a comma, in a comment
              "hash": "HASH2",
            },
            {"id": "carol", "hash": "HASH3"} // the last
            // more to come
          ]
        }

        """;

    private static readonly string Text = ByPeople
        .Replace("HASH1", KeysSample.HashOf("1"), StringComparison.Ordinal)
        .Replace("HASH2", KeysSample.HashOf("2"), StringComparison.Ordinal)
        .Replace("HASH3", KeysSample.HashOf("3"), StringComparison.Ordinal);

    private static readonly string[] GapTexts = ["", " ", "\n", "\r\n", "\n    ", " /* , */ ", " // , ]\n", "\t", "// \"\n  "];

    /// <summary>What may stand between two values.</summary>
    private static readonly Gen<string> Gaps = Gen.Int[0, 8].Select(i => GapTexts[i]);

    [Fact]
    public void Add_AfterAComment_StandsOnALineOfItsOwn() => Assert.Equal(
        Text.Replace(
            "\"} // the last\n    // more to come\n",
            $"\"}}, // the last\n    // more to come\n    {{\"id\": \"dave\", \"hash\": \"{KeysSample.HashOf("4")}\"}}\n",
            StringComparison.Ordinal),
        Change(Text, text => text.Add(new JsonObject { ["id"] = "dave" }, KeyDigest.Of("4"))));

    [Fact]
    public void Add_ToAnEmptyList_StandsIndented() => Assert.Equal(
        $"{{\n  \"keys\": [\n    {{\"id\": \"dave\", \"hash\": \"{KeysSample.HashOf("4")}\", \"weight\": 2}}\n  ]\n}}\n",
        Change(Encoding.UTF8.GetString(KeysText.Empty), text => text.Add(new JsonObject { ["weight"] = 2, ["id"] = "dave" }, KeyDigest.Of("4"))));

    [Fact]
    public void SetDigests_OfOneKey_ChangesNothingElse() => Assert.Equal(
        Text.Replace($"\"{KeysSample.HashOf("2")}\"", $"[\"{KeysSample.HashOf("5")}\", \"{KeysSample.HashOf("2")}\"]", StringComparison.Ordinal),
        Change(Text, text => text.SetDigests("bob", [KeyDigest.Of("5"), KeyDigest.Of("2")])));

    [Fact]
    public void Remove_First_TakesItsLineAndItsComment() => Assert.Equal(
        Text.Replace($"    {{\"id\": \"alice\", \"hash\": \"{KeysSample.HashOf("1")}\"}}, // since May\n", "", StringComparison.Ordinal),
        Change(Text, text => text.Remove("alice")));

    [Fact]
    public void Remove_Last_TakesTheCommaBefore() => Assert.Equal(
        Text.Replace($"    }},\n    {{\"id\": \"carol\", \"hash\": \"{KeysSample.HashOf("3")}\"}} // the last\n", "    }\n", StringComparison.Ordinal),
        Change(Text, text => text.Remove("carol")));

    /// <summary>Whatever stands between the keys: adding, rotating and removing leave a valid file with the right keys, and all comments.</summary>
    [Fact]
    public void Changes_AnyLayout_LeaveTheOtherKeys() =>
        Gen.Select(Gaps.Array[12], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 3]).Sample((gaps, count, hasComma, victim) =>
        {
            var keys = Enumerable.Range(0, count)
                .Select(i => $"{{{gaps[i]}\"id\":{gaps[i + 1]}\"k{i}\",\"hash\":\"{KeysSample.HashOf($"{i}")}\"{gaps[i + 2]}}}")
                .ToList();
            var list = string.Join($"{gaps[6]},{gaps[7]}", keys) + (hasComma && count > 0 ? gaps[8] + "," : "");
            var text = $"{gaps[9]}{{\"keys\":[{gaps[10]}{list}{gaps[11]}]}}";
            var ids = Enumerable.Range(0, count).Select(i => $"k{i}").ToList();

            var added = Change(text, one => one.Add(new JsonObject { ["id"] = "new" }, KeyDigest.Of("new")));
            Assert.Equal([.. ids, "new"], Ids(added), StringComparer.Ordinal);
            Assert.Equal(text.Count(c => c is '/'), added.Count(c => c is '/'));
            if (victim < count)
            {
                Assert.Equal(ids, Ids(Change(text, one => one.SetDigests($"k{victim}", [KeyDigest.Of("x"), KeyDigest.Of("y")]))), StringComparer.Ordinal);
                Assert.Equal(ids.Where(id => id != $"k{victim}"), Ids(Change(text, one => one.Remove($"k{victim}"))), StringComparer.Ordinal);
            }
        });

    private static string Change(string text, Func<KeysText, byte[]> change) =>
        Encoding.UTF8.GetString(change(KeysText.Parse(Encoding.UTF8.GetBytes(text), new KeysFileOptions("f"))));

    private static IEnumerable<string> Ids(string text)
    {
        var (document, faults) = KeysSample.Parse(text);
        Assert.Empty(faults);
        return document!.Entries.Select(key => key.Id);
    }
}
