using LlamaGate.Bench.Soak;

namespace LlamaGate.Bench.Tests.Soak;

public sealed class SoakTests
{
    private const string Whole = "data: {}\n\ndata: [DONE]\n\n";
    private const string Broken = "data: {}\n\ndata: {\"error\":{\"message\":\"…\"}}\n\n";

    [Theory]
    [InlineData(false, false, 200, """{"finish_reason":"stop"}""", null)]
    [InlineData(false, false, 200, "{}", "half an answer")]
    [InlineData(false, false, 500, "{}", "a 500")]
    [InlineData(false, false, 502, "{}", "status 502 without a fault")]
    [InlineData(true, false, 200, Whole, null)]
    [InlineData(true, false, 200, "data: {}\n\n", "a stream that is not whole")]
    [InlineData(true, false, 200, Broken, "a stream that is not whole")]
    [InlineData(false, true, 502, """{"error":{}}""", null)]
    [InlineData(false, true, 502, "oops", "an error without an envelope")]
    [InlineData(false, true, 500, """{"error":{}}""", "a 500")]
    [InlineData(false, true, 200, """{"finish_reason":"stop"}""", "status 200 for a fault (m)")]
    [InlineData(true, true, 200, Broken, null)]
    [InlineData(true, true, 200, Whole, "a broken stream that does not say so")]
    public void Complaint_OfAnAnswer_NamesWhatAFaultDoesNotExplain(
        bool stream, bool fails, int status, string body, string? complaint) =>
        Assert.Equal(complaint, new SoakStep("m", stream, Leaves: false, fails).Complaint(status, body));

    [Fact]
    public void Next_OfManySteps_HasTheSharesThatAreSaid()
    {
        var random = new Random(1);
        var steps = Enumerable.Range(0, 20_000).Select(_ => SoakStep.Next(random)).ToArray();

        Assert.InRange(steps.Count(step => step.Leaves) / 20_000.0, 0.09, 0.11);
        Assert.InRange(steps.Count(step => step.Fails) / 20_000.0, 0.016, 0.024);
        Assert.InRange(steps.Count(step => step.Stream) / 20_000.0, 0.28, 0.32);
    }

    [Fact]
    public void Thirds_OfSamples_AreTheirMedians()
    {
        Assert.Equal([2, 5, 8], SoakRun.Thirds([1, 2, 3, 4, 5, 6, 7, 8, 9]));
        Assert.Equal([2, 3, 4], SoakRun.Thirds([2, 3, 4]));
    }
}
