"""Addresses of practices and of the library."""

from django.urls import path

from .views import judging, library, offering, writing

app_name = "practices"

urlpatterns = [
    path("library/", library.Library.as_view(), name="library"),
    path("library/<int:pk>/", library.Entry.as_view(), name="entry"),
    path("library/pictures/<int:pk>/", library.Picture.as_view(), name="picture"),
    path("library/booklets/make/", library.BookletMake.as_view(), name="booklet_make"),
    path("library/booklets/<int:pk>/", library.BookletPage.as_view(), name="booklet"),
    path("library/booklets/<int:pk>/delete/", library.BookletDelete.as_view(), name="booklet_delete"),
    path("library/<int:pk>/judge/", judging.Judge.as_view(), name="judge"),
    path("judgements/<int:pk>/", judging.JudgementPage.as_view(), name="judgement"),
    path("judgements/<int:pk>/decide/", judging.Decide.as_view(), name="decide"),
    path("judgements/<int:pk>/presence/", judging.JudgementPresence.as_view(), name="judgement_presence"),
    path("judgements/<int:pk>/answers/<slug:question>/", judging.AnswerSave.as_view(), name="answer"),
    path(
        "judgements/<int:pk>/answers/<slug:question>/history/", judging.AnswerHistory.as_view(), name="answer_history"
    ),
    path("judgements/<int:pk>/share/", judging.Share.as_view(), name="share_judgement"),
    path("judgements/<int:pk>/beside/", judging.PutBeside.as_view(), name="put_beside"),
    path("judgements/<int:pk>/back/", judging.TakeBack.as_view(), name="take_back"),
    path("judgements/versions/<int:pk>/", judging.VersionPage.as_view(), name="judgement_version"),
    path("judgements/<int:pk>/recall/<int:grant>/", judging.Recall.as_view(), name="recall_judgement"),
    path("practices/", writing.OwnPractices.as_view(), name="own"),
    path("practices/add/", writing.PracticeAdd.as_view(), name="add"),
    path("practices/begin/<int:pk>/", writing.BeginFrom.as_view(), name="begin_from"),
    path("practices/<int:pk>/", writing.PracticePage.as_view(), name="practice"),
    path("practices/<int:pk>/head/", writing.PracticeHead.as_view(), name="head"),
    path("practices/<int:pk>/factors/", writing.PracticeFactors.as_view(), name="factors"),
    path("practices/<int:pk>/contact/", writing.PracticeContact.as_view(), name="contact"),
    path("practices/<int:pk>/pictures/add/", writing.PictureAdd.as_view(), name="picture_add"),
    path(
        "practices/<int:pk>/pictures/<int:picture>/away/", writing.PictureTakeAway.as_view(), name="picture_take_away"
    ),
    path("practices/<int:pk>/presence/", writing.PracticePresence.as_view(), name="presence"),
    path("practices/<int:pk>/points/<str:point>/", writing.TextSave.as_view(), name="text"),
    path("practices/<int:pk>/points/<str:point>/history/", writing.TextHistory.as_view(), name="history"),
    path("practices/<int:pk>/offer/", offering.OfferPage.as_view(), name="offer"),
    path("practices/<int:pk>/offers/<int:offer>/withdraw/", offering.Withdraw.as_view(), name="withdraw"),
]
