"""Invented names. Any likeness is chance: first name and surname are drawn apart."""

from loading.demo.chance import Chance

GIRLS = tuple(
    "Amelia Olivia Isla Ava Freya Poppy Erin Martha Niamh Aisha Maryam Fatima Zara Priya Anika "
    "Chiara Zofia Maja Abena Temi Imani Ngozi Leila Yasmin Mei Thi Rosa Lowri Caitlin Skye Daisy "
    "Ruby Ellie Chloe Jade Paige Tia Hollie Keira Summer Amber Nadia Esme Orla".split()
)
BOYS = tuple(
    "Oliver Jack Harry Alfie Charlie Noah Finlay Callum Rhys Connor Ethan Mohammed Yusuf Ibrahim "
    "Hamza Arjun Rohan Kiran Jakub Kacper Mateusz Kwame Tunde Emeka Idris Omar Tariq Wei Minh Luca "
    "Dylan Kai Tyler Jayden Riley Liam Corey Reece Bradley Archie Toby Ellis Ewan".split()
)
OLDER_WOMEN = tuple(
    "Alison Angela Beverley Carol Claire Debbie Emma Farzana Gemma Grace Hannah Helen Jo Julie "
    "Karen Kathryn Laura Lindsay Louise Magda Michelle Nasreen Natalie Nicola Olu Parveen Rachel "
    "Samantha Sarah Shabana Sharon Stacey Sunita Tracey Victoria Wendy Yetunde Zoe".split()
)
OLDER_MEN = tuple(
    "Adam Andrew Asif Ben Chidi Craig Daniel Darren David Dean Gareth Gary Imran Ian James Jason "
    "John Karl Lee Marcin Mark Martin Matthew Michael Neil Paul Peter Rajesh Robert Ryan Sean "
    "Simon Stephen Steven Stuart Thomas Wayne".split()
)
_BEGINNINGS = tuple(
    "Ash Birk Brack Carl Dun Ellers Fen Hazel Heather Kirk Lark Linden Marl Moss North Oaken Pem "
    "Raven Roths Sand Stan Thorn Tarn Wal Wick Wren Yar".split()
)
_ENDINGS = tuple("beck by combe dale field ford garth ham holme ley moor shaw ton wick".split())
_FROM_ELSEWHERE = tuple(
    "Adeyinka Ahmadi Akintola Begum Bielak Chowdhury Danso Farouq Gebre Hussain Ibekwe Iqbal Jha "
    "Kaczor Kaur Lipka Mahmood Mensah Nwosu Okeke Osei Petrov Qureshi Rahimi Sandhu Tran Uddin "
    "Wong Yilmaz Zaman".split()
)


def surname(chance: Chance) -> str:
    """A family's surname: mostly made of two halves, as English place names are."""
    if chance.happens(0.2):
        return chance.one_of(_FROM_ELSEWHERE)
    return chance.one_of(_BEGINNINGS) + chance.one_of(_ENDINGS)


def childs_first_name(chance: Chance, sex: str) -> str:
    """A child's first name."""
    return chance.one_of(GIRLS if sex == "F" else BOYS)


def adults_name(chance: Chance, sex: str) -> str:
    """An adult's full name."""
    return f"{chance.one_of(OLDER_WOMEN if sex == 'F' else OLDER_MEN)} {surname(chance)}"
