namespace LlamaGate.Api.Tests.Wire;

/// <summary>The contract and its cases name the same rows: nothing is promised unproved, nothing is proved that is not promised.</summary>
public class WireDocumentTests
{
    private static readonly IReadOnlyList<WireCase> Cases = [.. WireCaseFile.ReadAll().SelectMany(file => file.Cases)];

    [Fact]
    public void Row_OfTheContract_HasACase() =>
        Assert.Empty(WireDocument.ReadRows()
            .Except(Cases.Select(one => one.Row), StringComparer.Ordinal)
            .Except(WireDocument.ReadProofs().Select(proof => proof.Row), StringComparer.Ordinal));

    [Fact]
    public void Row_WithATestOfItsOwn_NamesOneThatIsThere() => Assert.All(
        WireDocument.ReadProofs(),
        proof => Assert.Contains(typeof(WireDocumentTests).Assembly.GetTypes(), type => type.Name == proof.Proof
            && type.GetMethods().Any(method => method.GetCustomAttributes(typeof(FactAttribute), inherit: true).Length > 0)));

    [Fact]
    public void Case_OfTheTable_NamesARowOfTheContract() =>
        Assert.Empty(Cases.Select(one => one.Row).Except(WireDocument.ReadRows(), StringComparer.Ordinal));

    [Fact]
    public void Row_OfTheContract_StandsOnce()
    {
        var rows = WireDocument.ReadRows();
        Assert.NotEmpty(rows);
        Assert.Equal(rows.Count, rows.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Case_OfTheTable_HasANameOfItsOwn() =>
        Assert.Empty(Cases.GroupBy(one => one.Key, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key));
}
