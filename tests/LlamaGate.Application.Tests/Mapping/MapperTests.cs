using AutoMapper;
using LlamaGate.Application.Mapping;
using LlamaGate.Application.Tests.Dialects.ChatCompletions;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Mapping;

public class MapperTests
{
    private readonly IMapper _mapper = MapperRegistration.CreateMapper();

    [Fact]
    public void Configuration_OfAllProfiles_IsValid() => _mapper.ConfigurationProvider.AssertConfigurationIsValid();

    [Fact]
    public void Options_OfARequestWithoutThem_AreAllAbsent() =>
        Assert.Equal(new GenerationOptions(), _mapper.Map<GenerationOptions>(Requests.With("")));

    [Fact]
    public void Options_OfExplicitZeros_AreZeros()
    {
        var options = _mapper.Map<GenerationOptions>(Requests.With(
            "\"temperature\":0,\"top_p\":0,\"seed\":0,\"frequency_penalty\":0,\"presence_penalty\":0,\"stop\":[],\"max_tokens\":1"));
        Assert.Equal((0d, 0d, 0L, 0d, 0d, 1), (
            options.Temperature, options.TopP, options.Seed, options.FrequencyPenalty, options.PresencePenalty, options.MaxTokens));
        Assert.Empty(options.Stop!);
        Assert.Null(options.Vendor);
    }

    [Fact]
    public void Options_OfStopSequences_HasThemAll() =>
        Assert.Equal(["a", "b"], _mapper.Map<GenerationOptions>(Requests.With("\"stop\":[\"a\",\"b\"]")).Stop);
}
