using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Time.Testing;
using Moq;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public class MissingModelsTests
{
    private static readonly GatewayException Missing =
        new(GatewayError.ModelNotFound, "model \"lama3.2\" not found, try pulling it first") { Field = RequestField.Model };

    private readonly Mock<IModelCatalogue> _catalogue = new();
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public async Task Explain_WithANearModel_NamesItAndHowToGetTheOther()
    {
        List([new ModelInfo("qwen3:8b", default), new ModelInfo("llama3.2:latest", default)]);
        var explained = await ExplainAsync();
        Assert.Equal(
            "model \"lama3.2\" not found. Did you mean 'llama3.2'? Otherwise pull the model with `ollama pull lama3.2`.",
            explained.Message);
        Assert.Equal((GatewayError.ModelNotFound, RequestField.Model), (explained.Error, explained.Field));
    }

    [Fact]
    public async Task Explain_WithoutANearModel_SaysWhereTheModelsAre()
    {
        List([new ModelInfo("qwen3:8b", default)]);
        Assert.Equal(
            "model \"lama3.2\" not found. Pull the model with `ollama pull lama3.2`, or choose one that GET /v1/models lists.",
            (await ExplainAsync()).Message);
    }

    [Fact]
    public async Task Explain_WhenTheListFails_KeepsTheError()
    {
        List(Task.FromException<IReadOnlyList<ModelInfo>>(new GatewayException(GatewayError.UpstreamUnreachable, "gone")));
        Assert.Equal(GatewayError.ModelNotFound, (await ExplainAsync()).Error);
    }

    [Fact]
    public async Task Explain_WhenTheListDoesNotCome_WaitsTwoSeconds()
    {
        _catalogue.Setup(c => c.ListAsync(It.IsAny<RequestContext>(), It.IsAny<CancellationToken>()))
            .Returns(async (RequestContext _, CancellationToken token) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, token);
                return [];
            });
        var explaining = ExplainAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(GatewayError.ModelNotFound, (await explaining).Error);
    }

    private void List(IReadOnlyList<ModelInfo> models) => List(Task.FromResult(models));

    private void List(Task<IReadOnlyList<ModelInfo>> models) => _catalogue
        .Setup(c => c.ListAsync(It.IsAny<RequestContext>(), It.IsAny<CancellationToken>())).Returns(models);

    private Task<GatewayException> ExplainAsync() =>
        new MissingModels(_catalogue.Object, _clock).ExplainAsync(Missing, "lama3.2", MemoryUpstream.Context, default);
}
