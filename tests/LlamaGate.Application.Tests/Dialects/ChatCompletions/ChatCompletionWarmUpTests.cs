using FluentValidation;
using FluentValidation.Results;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Tests.Mapping;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

public sealed class ChatCompletionWarmUpTests
{
    [Fact]
    public async Task RunAsync_ByTheRealRules_ChecksAValidChat()
    {
        var watched = new Watched();
        await new ChatCompletionWarmUp(watched, TestMapper.Create(), TimeProvider.System).RunAsync(CancellationToken.None);
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
