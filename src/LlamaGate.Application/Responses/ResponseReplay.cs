using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Responses;

/// <summary>A whole response as the stream that it would have been, in one delta for each item.</summary>
internal static class ResponseReplay
{
    public static IReadOnlyList<ResponseStreamEvent> ToEvents(ResponseObject response)
    {
        var template = response with
        {
            Status = ResponseObject.InProgress,
            CompletedAt = null,
            IncompleteDetails = null,
            Output = [],
            Usage = null,
        };
        var events = new List<ResponseStreamEvent>();
        var sequence = new ResponseEventSequence(template, form: default, events);
        sequence.Start();
        foreach (var item in response.Output)
        {
            Add(sequence, item);
        }

        sequence.End(
            response.Status == ResponseObject.Incomplete ? FinishReason.Length : FinishReason.Stop,
            response.TokenUsage,
            response.CompletedAt ?? 0);
        return events;
    }

    private static void Add(ResponseEventSequence sequence, ResponseOutputItem item)
    {
        switch (item)
        {
            case ResponseReasoningItem reasoning:
                sequence.Think(reasoning.Summary[0].Text);
                break;
            case ResponseOutputMessage message:
                sequence.Say(message.Content[0].Text, message.Content[0].Logprobs ?? []);
                break;
            case ResponseFunctionCall call:
                sequence.Call(call.CallId, call.Name, call.Arguments, call.Status);
                break;
        }
    }
}
