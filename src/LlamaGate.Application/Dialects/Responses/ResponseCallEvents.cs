using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The events of a call, which always comes whole. Only functions and custom tools stream their input.</summary>
internal static class ResponseCallEvents
{
    /// <param name="isCut">The token limit ended the answer.</param>
    public static void Write(ResponseEvents events, SseWriter output, ToolCall call, OfferedTool? tool, bool isCut)
    {
        var begun = ResponseCall.Begin(call, tool);
        var whole = begun.End(call, isCut);
        events.Open(output, begun);
        switch (whole)
        {
            case ResponseFunctionCall { Name: var name, Arguments: var arguments }:
                ResponseEvents.Send(output, events.ItemEvent(ResponseStreamEvent.ArgumentsDelta, begun) with { Delta = arguments });
                ResponseEvents.Send(
                    output, events.ItemEvent(ResponseStreamEvent.ArgumentsDone, begun) with { Name = name, Arguments = arguments });
                break;
            case ResponseCustomToolCall { Input: var input }:
                ResponseEvents.Send(output, events.ItemEvent(ResponseStreamEvent.InputDelta, begun) with { Delta = input });
                ResponseEvents.Send(output, events.ItemEvent(ResponseStreamEvent.InputDone, begun) with { Input = input });
                break;
        }

        events.Close(output, whole);
    }
}
