using LlamaGate.Api.OpenApi.Pages;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi;

/// <summary>Lists the endpoints with a page that are not actions of controllers, such as the metrics, which MVC does not know.</summary>
internal sealed class EndpointDescriptions(EndpointDataSource endpoints) : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        foreach (var endpoint in endpoints.Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<ActionDescriptor>() is null && endpoint.Metadata.GetMetadata<DescribedByAttribute>() is not null)
            {
                context.Results.Add(Describe(endpoint));
            }
        }
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        // Everything is in the results already.
    }

    private static ApiDescription Describe(RouteEndpoint endpoint) => new()
    {
        ActionDescriptor = new ActionDescriptor { DisplayName = endpoint.DisplayName, EndpointMetadata = [.. endpoint.Metadata] },
        HttpMethod = endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods.Single(),
        RelativePath = endpoint.RoutePattern.RawText!.TrimStart('/'),
        SupportedResponseTypes = { new ApiResponseType { StatusCode = StatusCodes.Status200OK, Type = typeof(void) } },
    };
}
