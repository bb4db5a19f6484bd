using CityBrain.Sharing;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Azure.Functions.Worker;

namespace CityBrain.Triage;

/// <summary><c>GET</c> and <c>POST /api/triage/model</c>: the card of the trained model; POST trains it anew from what people decided.</summary>
public sealed class TrainCategories(CategoryModels models, TrainingLabels labels, Callers callers, TimeProvider clock)
{
    /// <summary>Trains a model and answers with its card; duty officers alone.</summary>
    [Function(nameof(TrainCategories))]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Function, "post", Route = "triage/model")] HttpRequest request, CancellationToken cancellationToken) =>
        callers.AtLeast(Role.Duty, request).Problem
        ?? Card(await models.TrainAsync(await labels.ReadAsync(cancellationToken), DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), cancellationToken));

    /// <summary>The card of the model that is asked now.</summary>
    [Function("GetCategoryModel")]
    public async Task<IResult> ReadAsync([HttpTrigger(AuthorizationLevel.Function, "get", Route = "triage/model")] HttpRequest request, CancellationToken cancellationToken) =>
        callers.AtLeast(Role.Staff, request).Problem
        ?? (await models.CardAsync(cancellationToken) is { } card ? Card(card) : Problem.NotFound("No model is trained yet; a duty officer trains one with POST /api/triage/model."));

    private static ContentHttpResult Card(string card) => TypedResults.Text(card, "text/markdown; charset=utf-8");
}
