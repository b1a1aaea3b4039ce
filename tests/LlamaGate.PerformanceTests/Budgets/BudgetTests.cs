namespace LlamaGate.PerformanceTests.Budgets;

public sealed class BudgetTests
{
    private static readonly Budget Thousand = new("2026-11-24", 1000, "First measurement.");

    [Theory]
    [InlineData(850)]
    [InlineData(1000)]
    public void Complaint_WithinBudget_IsNone(double measured) => Assert.Null(Thousand.Complaint(measured));

    [Fact]
    public void Complaint_AboveBudget_SaysBothNumbers() => Assert.Equal(
        "It allocates 1001 bytes; the budget since 2026-11-24 is 1000 (First measurement.). --types says what it allocates.",
        Thousand.Complaint(1001));

    [Fact]
    public void Complaint_FarBelowBudget_SaysWhatToWrite() => Assert.Equal(
        "It allocates only 840 bytes. Tighten its budget from 1000 to 857: --accept does so.", Thousand.Complaint(840));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(96, 98)]
    [InlineData(826, 843)]
    [InlineData(32534.6, 33_200)]
    [InlineData(6_990_776, 7_140_000)]
    public void For_Measured_IsALittleAboveInThreeDigits(double measured, long budget) => Assert.Equal(budget, Budget.For(measured));

    [Fact]
    public void File_WrittenAndRead_KeepsHistoryInOrder()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "{}");
            var file = BudgetFile.Read(path);
            file.Add("chat \"chunk\"", Thousand);
            file.Add("chat \"chunk\"", Thousand with { Bytes = 200 });
            file.Write(path);

            Assert.Equal(
                """
                {
                  "chat \"chunk\"": [
                    {"date":"2026-11-24","bytes":1000,"why":"First measurement."},
                    {"date":"2026-11-24","bytes":200,"why":"First measurement."}
                  ]
                }

                """,
                File.ReadAllText(path));
            Assert.Equal(200, BudgetFile.Read(path).Find("chat \"chunk\"")?.Bytes);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
