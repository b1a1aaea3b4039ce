using System.Diagnostics;
using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Calls <c>/api/chat</c> and <c>/api/generate</c>, always as a stream, because only then does the first token show that the model
/// is working.
/// </summary>
internal sealed class OllamaConversationClient(
    IUpstreamCalls calls, MissingModels missingModels, ITokenRatios ratios, OllamaOptions options) : IConversationClient
{
    public async IAsyncEnumerable<ConversationUpdate> StreamAsync(
        ConversationRequest request,
        int call,
        RequestContext context,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await StartAsync(request, context, cancellationToken);
        var isEmpty = true;
        while (await answer.ReadLineAsync(cancellationToken))
        {
            isEmpty = false;
            var update = Read(answer, request.Prompt, call);
            yield return update;
            if (update.IsDone)
            {
                await answer.CompleteAsync(new UpstreamEnd(update.Usage, update.Timings));
                if (request.Prompt is ChatPrompt chat && update.Usage is { } usage)
                {
                    ratios.Learn(request.Model, chat, usage.PromptTokens);
                }

                yield break;
            }
        }

        // The repetition guard ends an answer that has begun; a body without a line is no answer at all.
        var failure = isEmpty ? OllamaErrors.NotTheProtocol() : OllamaErrors.Incomplete();
        answer.Failure = failure.Error;
        throw failure;
    }

    private static ConversationUpdate Read(IUpstreamAnswer answer, Prompt prompt, int call)
    {
        var line = answer.Line;
        if (prompt is not ChatPrompt)
        {
            return answer.Parse<int, ConversationUpdate>(line, call, OllamaGenerateAnswer.Read);
        }

        var plain = line.IsSingleSegment ? PlainChatLine.TryRead(line.FirstSpan, call) : null;
        return plain ?? answer.Parse<int, ConversationUpdate>(line, call, OllamaChatAnswer.Read);
    }

    private async Task<IUpstreamAnswer> StartAsync(
        ConversationRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        var truncate = options.TruncateOverlongPrompts;
        var (endpoint, body) = request.Prompt switch
        {
            ChatPrompt chat => (UpstreamEndpoint.Chat, OllamaChatBody.Create(request, chat, truncate)),
            TextPrompt text => (UpstreamEndpoint.Generate, OllamaGenerateBody.Create(request, text, truncate)),
            _ => throw new UnreachableException(),
        };
        using (body)
        {
            var call = new UpstreamCall(endpoint, context)
            {
                Model = request.Model,
                Body = body.Json,
                Demand = options.Hosts.IsShared || context.Caller.Policy.HasQuota ? CallDemands.Of(request, context, body.OptionsAt) : null,
            };
            try
            {
                return await calls.StartAsync(call, cancellationToken);
            }
            catch (GatewayException failure) when (failure.Error is GatewayError.ModelNotFound)
            {
                throw await missingModels.ExplainAsync(failure, request.Model, context, cancellationToken);
            }
            catch (GatewayException failure) when (failure.Field is RequestField.Think && request.IsThinkOptional)
            {
                // The caller sent an effort, and knows no other name.
                throw new GatewayException(failure.Error, failure.Message, failure) { Field = RequestField.Effort };
            }
        }
    }
}
