using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.PerformanceTests.Budgets;

/// <summary>No hot path allocates more than its budget, and no budget is much wider than what its path allocates.</summary>
public sealed class AllocationBudgetTests(Measurements measurements) : IClassFixture<Measurements>
{
    private static readonly BudgetFile File = BudgetFile.Read(BudgetFile.DefaultPath);

    public static TheoryData<string> Paths { get; } = [.. HotPaths.All.Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void HotPath_Measured_KeepsToItsBudget(string name)
    {
        var budget = File.Find(name);

        Assert.True(budget is not null, $"'{name}' has no budget yet: --accept gives it one.");
        Assert.Null(budget.Complaint(measurements[name]));
    }

    [Fact]
    public void Budgets_All_BelongToAPath() =>
        Assert.Empty(File.Names.Except(HotPaths.All.Select(scenario => scenario.Name), StringComparer.Ordinal));
}
