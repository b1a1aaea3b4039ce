using AutoMapper;
using FluentValidation;
using FluentValidation.Results;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Mapping;

namespace LlamaGate.Application.Tests.Chat;

public sealed class ChatWarmUpTests
{
    private static readonly IMapper Mapper = MapperRegistration.CreateMapper();

    [Fact]
    public async Task RunAsync_ByTheRealRules_ChecksAValidChat()
    {
        var watched = new Watched();
        await new ChatWarmUp(watched, Mapper).RunAsync(CancellationToken.None);
        // Of an invalid one only the first rules would have been made ready.
        Assert.True(Assert.Single(watched.Results).IsValid);
    }

    /// <summary>The real rules, and what they found.</summary>
    private sealed class Watched : InlineValidator<ChatCompletionRequest>
    {
        private readonly ChatCompletionRequestValidator _rules = new();

        public List<ValidationResult> Results { get; } = [];

        public override async Task<ValidationResult> ValidateAsync(
            ValidationContext<ChatCompletionRequest> context, CancellationToken cancellation = default)
        {
            var result = await _rules.ValidateAsync(context, cancellation);
            Results.Add(result);
            return result;
        }
    }
}
