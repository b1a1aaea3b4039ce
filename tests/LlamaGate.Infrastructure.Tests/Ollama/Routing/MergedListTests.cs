using System.Text;
using LlamaGate.Infrastructure.Ollama.Routing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Routing;

public sealed class MergedListTests
{
    [Theory]
    [InlineData(true, """{"models":[{"name":"m:latest", "size":1.0e1},{"name":"n"}]}""")]
    [InlineData(false, """{"models":[{"name":"m:latest", "size":1.0e1},{"name":"M"},{"name":"n"}]}""")]
    public void Entries_OfTwoLists_StayAsTheyWereWritten(bool isUnique, string expected) => Assert.Equal(
        expected, Merge(isUnique, """{"models": [ {"name":"m:latest", "size":1.0e1} ]}""", """{"models":[{"name":"M"},{"name":"n"}]}"""));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"models":null}""")]
    [InlineData("""{"models":[1,{"size":1}]}""")]
    public void Text_ThatIsNoList_IsLeftOut(string text) =>
        Assert.Equal("""{"models":[{"name":"m"}]}""", Merge(isUnique: true, text, """{"models":[{"name":"m"}]}"""));

    private static string Merge(bool isUnique, params string[] lists)
    {
        var merged = new MergedList(isUnique);
        foreach (var list in lists)
        {
            merged.Add(Encoding.UTF8.GetBytes(list));
        }

        return Encoding.UTF8.GetString(merged.ToJson().Span);
    }
}
