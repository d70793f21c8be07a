"""Addresses of benchmarks: in the library, and the one of a partnership."""

from django.urls import include, path

from .views import pairs, reading, structure, versions, writing

app_name = "benchmarks"

library = [
    path("", reading.BenchmarkList.as_view(), name="list"),
    path("begin/", versions.Begin.as_view(), name="begin"),
    path("<int:pk>/", reading.BookletPage.as_view(), name="booklet"),
    path("<int:pk>/whole/", reading.WholePage.as_view(), name="whole"),
    path("<int:pk>/factors/<slug:key>/", reading.FactorPage.as_view(), name="factor"),
    path("<int:pk>/copy/", versions.Copy.as_view(), name="copy"),
    path("<int:pk>/next/", versions.NextVersion.as_view(), name="next"),
    path("<int:pk>/publish/", versions.Publish.as_view(), name="publish"),
    path("<int:pk>/retire/", versions.Retire.as_view(), name="retire"),
    path("<int:pk>/write/", writing.WritePage.as_view(), name="write"),
    path("<int:pk>/languages/", versions.Languages.as_view(), name="languages"),
    path("<int:pk>/paste/", structure.Paste.as_view(), name="paste"),
    path("<int:pk>/presence/", writing.WritingPresence.as_view(), name="presence"),
    path("<int:pk>/add-factor/", structure.FactorAdd.as_view(), name="add_factor"),
    path("<int:pk>/add-context/", structure.ContextAdd.as_view(), name="add_context"),
    path("<int:pk>/write/<slug:key>/", writing.PlacePage.as_view(), name="place"),
    path("<int:pk>/write/<slug:key>/remove/", structure.PlaceRemove.as_view(), name="remove"),
    path("<int:pk>/write/<slug:key>/back/", structure.PlaceBack.as_view(), name="bring_back"),
    path("<int:pk>/write/<slug:key>/move/", structure.PlaceMove.as_view(), name="move"),
    path("<int:pk>/write/<slug:key>/bearing/", structure.Bearing.as_view(), name="bearing"),
    path("<int:pk>/write/<slug:key>/examples/", structure.ExampleAdd.as_view(), name="add_example"),
    path(
        "<int:pk>/write/<slug:key>/examples/<slug:example>/remove/",
        structure.ExampleRemove.as_view(),
        name="remove_example",
    ),
    path(
        "<int:pk>/write/<slug:key>/examples/<slug:example>/back/",
        structure.ExampleBack.as_view(),
        name="bring_back_example",
    ),
    path("<int:pk>/words/<str:box>/<slug:language>/", writing.PassageSave.as_view(), name="passage"),
    path("<int:pk>/words/<str:box>/<slug:language>/history/", writing.PassageHistory.as_view(), name="history"),
]

urlpatterns = [
    path("benchmarks/", include(library)),
    path("partnerships/<int:pk>/benchmark/", pairs.PairPage.as_view(), name="pair"),
    path("partnerships/<int:pk>/benchmark/choose/", pairs.PairChoose.as_view(), name="choose"),
]
