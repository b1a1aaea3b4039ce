using LlamaGate.Api.OpenApi.Errors;
using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.OpenApi.Schemas;
using LlamaGate.Api.Product;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// The document that describes the API: generated from the controllers and their pages, the contracts and their notes, and the error
/// table. A new endpoint needs a controller in <see cref="GatewayControllers"/> with <see cref="DescribedByAttribute{TPage}"/>, a page,
/// and notes on its contracts.
/// </summary>
internal static class OpenApiSetup
{
    public const string DocumentName = "v1";

    public static IServiceCollection AddOpenApiDocument(this IServiceCollection services)
    {
        // Made when the document is first asked for: the start does not pay for it.
        // Names and members as in the contracts' own serializer, not MVC's default one.
        services.AddSingleton<ISerializerDataContractResolver>(
            _ => new JsonSerializerDataContractResolver(ContractSerialization.CreateOptions()));
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, EndpointDescriptions>());
        services.AddSingleton<RequestContracts>();
        services.AddSingleton(_ => ContractNotes.All);
        services.AddSingleton<ExampleModels>();
        services.AddSingleton<SharedDocument>();
        return services.AddSwaggerGen(Configure);
    }

    private static void Configure(SwaggerGenOptions options)
    {
        options.SwaggerDoc(DocumentName, new OpenApiInfo
        {
            Title = "LlamaGate",
            Version = ProductVersion.Text,
            Description = Overview.Text,
        });
        options.AddServer(new OpenApiServer { Url = "/" });
        options.MapType<Utf8Text>(() => Schema.String);
        options.SupportNonNullableReferenceTypes();
        // So that a member whose type is another contract keeps its own description.
        options.UseAllOfToExtendReferenceSchemas();
        options.OrderActionsBy(DescribedByAttribute.OrderOf);
        foreach (var documentation in XmlDocumentation.All)
        {
            options.IncludeXmlComments(() => documentation);
        }

        options.SchemaFilter<ContractSchemaFilter>();
        options.OperationFilter<EventStreamFilter>();
        options.OperationFilter<NativePageFilter>();
        // After the filters above, because it adds examples to their answers.
        options.OperationFilter<PageFilter>();
        options.OperationFilter<AnthropicFormFilter>();
        options.OperationFilter<ErrorAnswersFilter>();
        // After the errors, because no error comes from a body that is not read.
        options.OperationFilter<ChangeBodyFilter>();
        options.OperationFilter<AnswerHeadersFilter>();
        options.OperationFilter<SecurityFilter>();
        options.DocumentFilter<SecurityFilter>();
        options.DocumentFilter<TagsFilter>();
        options.DocumentFilter<UnusedSchemasFilter>();
        options.DocumentAsyncFilter<ExampleModelsFilter>();
    }
}
