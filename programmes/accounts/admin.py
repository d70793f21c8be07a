"""Django's admin for accounts: who may sign in. No password is set here and no text of a city is shown.

An administrator sends somebody a link to choose a password; nobody can become somebody else by typing one.
"""

from importlib import import_module

from allauth.account.decorators import secure_admin_login
from allauth.account.forms import ResetPasswordForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from programmes.common.admin import ClosedAdmin, ReadOnlyAdmin

from . import services
from .models import AuditEvent, User

# Through our own sign-in page, with its second factor and its limit on attempts.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Theirs register first, so that ours may take their place; groups are not used here.
for module in ("django.contrib.auth.admin", "allauth.account.admin", "allauth.mfa.admin"):
    import_module(module)
for model in (Group, EmailAddress, Authenticator):
    admin.site.unregister(model)


class NewAccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["email", "name", "language", "time_zone", "is_staff", "is_superuser"]


@admin.register(User)
class UserAdmin(ClosedAdmin):
    """Accounts are switched off, never deleted: the history of texts points at them."""

    list_display = ["email", "name", "language", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "language", "is_demo"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "language", "time_zone", "is_active", "is_staff", "is_superuser"]
    add_fields = ["email", "name", "language", "time_zone", "is_staff", "is_superuser"]
    actions = ["send_password_link", "note_erasure"]

    def get_fields(self, request, obj=None):
        return [*self.fields, "is_demo", "created_at", "last_login"] if obj else self.add_fields

    def get_readonly_fields(self, request, obj=None):
        return ["email", "is_demo", "created_at", "last_login"] if obj else []

    def get_form(self, request, obj=None, change=False, **kwargs):
        return super().get_form(request, obj, change, **kwargs if obj else {**kwargs, "form": NewAccountForm})

    def save_model(self, request, obj, form, change):
        if change:
            super().save_model(request, obj, form, change)
            services.record(by=request.user, verb="changed", target=obj)
            return
        made = services.create_account(by=request.user, **form.cleaned_data)
        obj.pk, obj._state.adding = made.pk, False

    def has_change_permission(self, request, obj=None):
        """Nobody is let in again under an account that was erased."""
        return (obj is None or obj.erased_at is None) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Note that they ask to be erased"))
    def note_erasure(self, request, queryset):
        """For those who asked by letter; carried out on the page of erasures."""
        for user in queryset.filter(erased_at=None):
            services.ask_for_erasure(user=user, by=request.user)
        self.message_user(request, _("It is noted. Carry it out on the page of erasures."), messages.SUCCESS)

    @admin.action(description=_("Send a link to choose a new password"))
    def send_password_link(self, request, queryset):
        sent = 0
        for user in queryset.filter(is_active=True):
            form = ResetPasswordForm(data={"email": user.email})
            if form.is_valid():
                form.save(request)
                services.record(by=request.user, verb="sent password link", target=user)
                sent += 1
        words = ngettext("%(number)s link was sent.", "%(number)s links were sent.", sent) % {"number": sent}
        self.message_user(request, words, messages.SUCCESS)


@admin.register(EmailAddress)
class EmailAddressAdmin(ReadOnlyAdmin):
    list_display = ["email", "user", "primary", "verified"]
    search_fields = ["email", "user__name"]
    list_select_related = ["user"]


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """By day, kind and verb: what happened. There is no filter by person, because nobody is evaluated."""

    list_display = ["at", "by", "verb", "target_kind", "target_id"]
    list_filter = ["verb", "target_kind"]
    date_hierarchy = "at"
    list_select_related = ["by"]
    sortable_by = ["at"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


@admin.register(Authenticator)
class SecondFactorAdmin(ReadOnlyAdmin):
    """For somebody who lost the telephone: an administrator takes the second factor away, and sees no secret."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    fields = ["user", "type", "created_at", "last_used_at"]
    search_fields = ["user__email", "user__name"]
    list_select_related = ["user"]

    def has_delete_permission(self, request, obj=None):
        return request.user.is_superuser

    def delete_model(self, request, obj):
        services.record(by=request.user, verb="removed second factor", target=obj.user)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for authenticator in queryset:
            self.delete_model(request, authenticator)
