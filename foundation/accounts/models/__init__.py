"""Who acts: people, their mandates, and invitations to take one up."""

from foundation.accounts.models.invitation import Invitation
from foundation.accounts.models.mandate import Mandate, Role
from foundation.accounts.models.user import User

__all__ = ["Invitation", "Mandate", "Role", "User"]
